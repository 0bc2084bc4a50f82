package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.LogEntry;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.LogsBloom;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.AccessListEntry;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;
import org.bitcloud.primitives.tx.TransactionException;

/// Blocks, transactions, receipts and logs as Ethereum clients decode them.
///
/// Fields that strict decoders demand but this chain has no use for carry Ethereum's neutral
/// values.
final class BlockJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String EMPTY_UNCLES =
      "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

  private BlockJson() {}

  /// Where a transaction stands in the chain.
  ///
  /// @param block its block
  /// @param header that block's header
  /// @param index its position in the body
  record Place(Hash block, BlockHeader header, int index) {}

  static ObjectNode header(BlockHeader header, Hash hash) {
    ObjectNode node = NODES.objectNode();
    node.put("number", hex(header.height().value()));
    node.put("hash", hash.toHex());
    node.put("parentHash", header.parent().toHex());
    node.put("nonce", "0x0000000000000000");
    node.put("mixHash", header.beacon().toHex());
    node.put("sha3Uncles", EMPTY_UNCLES);
    node.put("logsBloom", header.logsBloom().toHex());
    node.put("transactionsRoot", header.roots().transactions().toHex());
    node.put("stateRoot", header.roots().state().toHex());
    node.put("receiptsRoot", header.roots().receipts().toHex());
    node.put("attestationsRoot", header.roots().attestations().toHex());
    node.put("miner", header.proposer().toHex());
    node.put("difficulty", "0x0");
    node.put("totalDifficulty", "0x0");
    node.put("extraData", "0x");
    node.put("sealData", header.sealData().toHex());
    node.put("gasLimit", hex(header.gasLimit()));
    node.put("gasUsed", hex(header.gasUsed()));
    node.set("baseFeePerGas", Json.quantity(header.baseFee()));
    node.put("timestamp", hex(header.timeMillis() / 1000));
    node.put("timestampMillis", hex(header.timeMillis()));
    node.put("validatorsHash", header.validators().toHex());
    node.put("nextValidatorsHash", header.nextValidators().toHex());
    return node;
  }

  static ObjectNode block(Block block, boolean wholeTransactions) {
    Hash hash = block.hash();
    ObjectNode node = header(block.header(), hash);
    node.put("size", hex(block.encode().size()));
    node.put("sealProof", block.sealProof().toHex());
    node.putArray("uncles");
    ArrayNode transactions = node.putArray("transactions");
    List<SignedTransaction> body = block.body().transactions();
    for (int i = 0; i < body.size(); i++) {
      SignedTransaction transaction = body.get(i);
      transactions.add(
          wholeTransactions
              ? transaction(transaction, Optional.of(new Place(hash, block.header(), i)))
              : Json.data(transaction.hash()));
    }
    ArrayNode attestations = node.putArray("attestations");
    block.body().attestations().forEach(item -> attestations.add(item.encoded().toHex()));
    return node;
  }

  static ObjectNode transaction(SignedTransaction signed, Optional<Place> place) {
    Transaction transaction = signed.transaction();
    ObjectNode node = NODES.objectNode();
    node.put("hash", signed.hash().toHex());
    node.put("type", hex(transaction.type()));
    node.put("chainId", hex(transaction.chainId()));
    node.put("nonce", hex(transaction.nonce()));
    node.put("from", sender(signed).toHex());
    node.set("to", orNull(transaction.to().map(Json::data)));
    node.set("value", Json.quantity(transaction.value()));
    node.put("gas", hex(transaction.gasLimit()));
    node.put("input", transaction.input().toHex());
    Amount price =
        place
            .map(at -> transaction.effectiveGasPrice(at.header().baseFee()))
            .orElse(transaction.maxFeePerGas());
    node.set("gasPrice", Json.quantity(price));
    if (transaction.type() == 2) {
      node.set("maxFeePerGas", Json.quantity(transaction.maxFeePerGas()));
      node.set("maxPriorityFeePerGas", Json.quantity(transaction.maxPriorityFeePerGas()));
    }
    if (transaction.type() != 0) {
      node.set("accessList", accessList(transaction.accessList()));
      node.put("yParity", hex(signed.signature().recoveryId()));
    }
    long parity = signed.signature().recoveryId();
    node.put("v", hex(transaction.type() == 0 ? transaction.chainId() * 2 + 35 + parity : parity));
    node.set("r", Json.quantity(Amount.ofBytes(signed.signature().r())));
    node.set("s", Json.quantity(Amount.ofBytes(signed.signature().s())));
    node.set("blockHash", orNull(place.map(at -> Json.data(at.block()))));
    node.set("blockNumber", orNull(place.map(at -> Json.quantity(at.header().height().value()))));
    node.set("transactionIndex", orNull(place.map(at -> Json.quantity(at.index()))));
    return node;
  }

  private static ArrayNode accessList(List<AccessListEntry> entries) {
    ArrayNode list = NODES.arrayNode();
    for (AccessListEntry entry : entries) {
      ObjectNode item = list.addObject();
      item.put("address", entry.address().toHex());
      ArrayNode keys = item.putArray("storageKeys");
      entry.storageKeys().forEach(key -> keys.add(key.toHex()));
    }
    return list;
  }

  /// The receipt of a transaction at its place, `firstLog` being the number of logs before it.
  static ObjectNode receipt(SignedTransaction signed, Receipt receipt, Place place, int firstLog) {
    ObjectNode node = NODES.objectNode();
    node.put("transactionHash", signed.hash().toHex());
    node.put("transactionIndex", hex(place.index()));
    node.put("blockHash", place.block().toHex());
    node.put("blockNumber", hex(place.header().height().value()));
    node.put("from", sender(signed).toHex());
    node.set("to", orNull(signed.transaction().to().map(Json::data)));
    node.put("type", hex(receipt.type()));
    node.put("status", receipt.success() ? "0x1" : "0x0");
    node.put("gasUsed", hex(receipt.gasUsed()));
    node.put("cumulativeGasUsed", hex(receipt.cumulativeGasUsed()));
    node.set("effectiveGasPrice", Json.quantity(receipt.effectiveGasPrice()));
    node.set("contractAddress", NullNode.instance);
    node.put("logsBloom", LogsBloom.of(receipt.logs()).toHex());
    if (!receipt.success()) {
      node.put("revertReason", receipt.output().toHex());
    }
    ArrayNode logs = node.putArray("logs");
    for (int i = 0; i < receipt.logs().size(); i++) {
      logs.add(log(receipt.logs().get(i), place, signed.hash(), firstLog + i));
    }
    return node;
  }

  static ObjectNode log(LogEntry entry) {
    ObjectNode node = log(entry.log());
    node.put("blockHash", entry.block().toHex());
    node.put("blockNumber", hex(entry.height().value()));
    node.put("blockTimestamp", hex(entry.timeMillis() / 1000));
    node.put("transactionHash", entry.transaction().toHex());
    node.put("transactionIndex", hex(entry.transactionIndex()));
    node.put("logIndex", hex(entry.logIndex()));
    node.put("removed", false);
    return node;
  }

  private static ObjectNode log(Log log, Place place, Hash transaction, int logIndex) {
    return log(
        new LogEntry(
            log,
            place.block(),
            place.header().height(),
            place.header().timeMillis(),
            transaction,
            place.index(),
            logIndex));
  }

  private static ObjectNode log(Log log) {
    ObjectNode node = NODES.objectNode();
    node.put("address", log.address().toHex());
    ArrayNode topics = node.putArray("topics");
    log.topics().forEach(topic -> topics.add(topic.toHex()));
    node.put("data", log.data().toHex());
    return node;
  }

  static JsonNode orNull(Optional<? extends JsonNode> node) {
    return node.isPresent() ? node.get() : NullNode.instance;
  }

  /// The sender of a transaction that the pool or a block already accepted.
  static Address sender(SignedTransaction signed) {
    try {
      return signed.sender();
    } catch (TransactionException e) {
      throw new IllegalStateException("accepted transaction without a sender", e);
    }
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
