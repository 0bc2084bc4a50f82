package org.bitcloud.node.rpc;

/// The text behind [OpenRpc]: a line a method, and the JSON schemas that the lines name.
final class Signatures {
  static final String TEXT =
      """
      bitcloud_consensusStatus() object
      bitcloud_corporations() list
      bitcloud_exportBlock(block:block) dataOrNull
      bitcloud_exportState(after?:data, limit?:quantity) object
      bitcloud_genesis() object
      bitcloud_getProof(key:stateKey, block?:block) object
      bitcloud_nodeInfo() object
      bitcloud_sendAttestation(attestation:data) hash
      bitcloud_supply() object
      dev_advance(milliseconds:quantity) object
      dev_mine() object
      eth_accounts() list
      eth_blockNumber() quantity
      eth_call(call:call, block?:block) data
      eth_chainId() quantity
      eth_createAccessList(call:call, block?:block) object
      eth_estimateGas(call:call, block?:block) quantity
      eth_feeHistory(blockCount:quantity, newestBlock?:block, percentiles?:percentiles) object
      eth_gasPrice() quantity
      eth_getBalance(address:address, block?:block) quantity
      eth_getBlockByHash(blockHash:hash, wholeTransactions?:flag) objectOrNull
      eth_getBlockByNumber(block:block, wholeTransactions?:flag) objectOrNull
      eth_getBlockReceipts(block:block) listOrNull
      eth_getBlockTransactionCountByHash(blockHash:hash) quantityOrNull
      eth_getBlockTransactionCountByNumber(block:block) quantityOrNull
      eth_getCode(address:address, block?:block) data
      eth_getFilterChanges(filterId:quantity) list
      eth_getFilterLogs(filterId:quantity) list
      eth_getLogs(filter:logFilter) list
      eth_getRawTransactionByHash(transactionHash:hash) dataOrNull
      eth_getStorageAt(address:address, position:quantity, block?:block) hash
      eth_getTransactionByBlockHashAndIndex(blockHash:block, index:quantity) objectOrNull
      eth_getTransactionByBlockNumberAndIndex(block:block, index:quantity) objectOrNull
      eth_getTransactionByHash(transactionHash:hash) objectOrNull
      eth_getTransactionCount(address:address, block?:block) quantity
      eth_getTransactionReceipt(transactionHash:hash) objectOrNull
      eth_getUncleByBlockHashAndIndex(blockHash:block, index:quantity) objectOrNull
      eth_getUncleByBlockNumberAndIndex(block:block, index:quantity) objectOrNull
      eth_getUncleCountByBlockHash(blockHash:block) quantityOrNull
      eth_getUncleCountByBlockNumber(block:block) quantityOrNull
      eth_maxPriorityFeePerGas() quantity
      eth_newBlockFilter() quantity
      eth_newFilter(filter:logFilter) quantity
      eth_newPendingTransactionFilter() quantity
      eth_protocolVersion() quantity
      eth_sendRawTransaction(transaction:data) hash
      eth_subscribe(kind:subscription, filterOrWhole?:any) quantity
      eth_syncing() flag
      eth_uninstallFilter(filterId:quantity) flag
      eth_unsubscribe(subscriptionId:quantity) flag
      net_listening() flag
      net_peerCount() quantity
      net_version() text
      rpc_discover() object
      rpc_modules() object
      web3_clientVersion() text
      web3_sha3(data:data) hash
      """;

  static final String SCHEMAS =
      """
      {
        "any": {},
        "text": {"type": "string"},
        "flag": {"type": "boolean"},
        "list": {"type": "array"},
        "listOrNull": {"type": ["array", "null"]},
        "object": {"type": "object"},
        "objectOrNull": {"type": ["object", "null"]},
        "quantity": {"type": "string", "pattern": "^0x(0|[1-9a-f][0-9a-f]*)$"},
        "quantityOrNull": {"type": ["string", "null"], "pattern": "^0x(0|[1-9a-f][0-9a-f]*)$"},
        "data": {"type": "string", "pattern": "^0x([0-9a-fA-F]{2})*$"},
        "dataOrNull": {"type": ["string", "null"], "pattern": "^0x([0-9a-fA-F]{2})*$"},
        "hash": {"type": "string", "pattern": "^0x[0-9a-fA-F]{64}$"},
        "address": {"type": "string", "pattern": "^0x[0-9a-fA-F]{40}$"},
        "subscription": {"enum": ["newHeads", "logs", "newPendingTransactions"]},
        "percentiles": {
          "type": "array",
          "maxItems": 100,
          "items": {"type": "number", "minimum": 0, "maximum": 100}
        },
        "block": {
          "description": "a tag, a number, a block hash, or an EIP-1898 object",
          "oneOf": [
            {"enum": ["latest", "pending", "safe", "finalized", "earliest"]},
            {"$ref": "#/components/schemas/quantity"},
            {"$ref": "#/components/schemas/hash"},
            {"type": "object"}
          ]
        },
        "call": {
          "type": "object",
          "required": ["to"],
          "properties": {
            "from": {"$ref": "#/components/schemas/address"},
            "to": {"$ref": "#/components/schemas/address"},
            "value": {"$ref": "#/components/schemas/quantity"},
            "gas": {"$ref": "#/components/schemas/quantity"},
            "input": {"$ref": "#/components/schemas/data"},
            "data": {"$ref": "#/components/schemas/data"}
          }
        },
        "logFilter": {
          "type": "object",
          "properties": {
            "fromBlock": {"$ref": "#/components/schemas/block"},
            "toBlock": {"$ref": "#/components/schemas/block"},
            "blockHash": {"$ref": "#/components/schemas/hash"},
            "address": {"description": "an address, or an array of at most 1,000"},
            "topics": {"type": "array", "maxItems": 4}
          }
        },
        "stateKey": {
          "oneOf": [
            {"$ref": "#/components/schemas/data"},
            {"type": "object", "description": "{account}, or {corporation, entry}"}
          ]
        }
      }
      """;

  private Signatures() {}
}
