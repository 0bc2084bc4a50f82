package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.TransactionLocation;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.SignedTransaction;

/// `eth_` methods that show blocks, transactions and receipts.
final class EthBlockMethods {
  private final ChainView chain;
  private final Mempool pool;
  private final BlockSelector blocks;

  EthBlockMethods(ChainView chain, Mempool pool) {
    this.chain = chain;
    this.pool = pool;
    this.blocks = new BlockSelector(chain);
  }

  void register(Map<String, RpcMethod> methods) {
    methods.put("eth_blockNumber", _ -> Json.quantity(chain.head().height().value()));
    methods.put("eth_getBlockByNumber", this::blockByNumber);
    methods.put("eth_getBlockByHash", this::blockByHash);
    methods.put("eth_getBlockTransactionCountByNumber", this::countByTag);
    methods.put("eth_getBlockTransactionCountByHash", this::countByHash);
    methods.put("eth_getUncleCountByBlockNumber", this::uncles);
    methods.put("eth_getUncleCountByBlockHash", this::uncles);
    methods.put("eth_getUncleByBlockNumberAndIndex", this::uncle);
    methods.put("eth_getUncleByBlockHashAndIndex", this::uncle);
    methods.put("eth_getTransactionByHash", this::transactionByHash);
    methods.put("eth_getRawTransactionByHash", this::rawTransactionByHash);
    methods.put("eth_getTransactionByBlockNumberAndIndex", this::transactionByPlace);
    methods.put("eth_getTransactionByBlockHashAndIndex", this::transactionByPlace);
    methods.put("eth_getTransactionReceipt", this::receipt);
    methods.put("eth_getBlockReceipts", this::blockReceipts);
  }

  private JsonNode blockByNumber(RpcParams params) throws RpcException {
    params.required(0, "block");
    if (BlockSelector.isPending(params.optional(0))) {
      return pendingBlock(params.flag(1, "whole transactions"));
    }
    return block(find(params), params.flag(1, "whole transactions"));
  }

  private JsonNode blockByHash(RpcParams params) throws RpcException {
    return block(
        blocks.whole(chain.header(params.hash(0, "block hash"))),
        params.flag(1, "whole transactions"));
  }

  private JsonNode block(Optional<Block> block, boolean wholeTransactions) {
    return BlockJson.orNull(block.map(found -> BlockJson.block(found, wholeTransactions)));
  }

  /// The head as parent with what the pool would offer; its hash and roots are not known yet.
  private JsonNode pendingBlock(boolean wholeTransactions) {
    BlockHeader head = chain.head();
    var node = BlockJson.header(head, chain.heads().headRef().hash());
    node.put("parentHash", chain.heads().headRef().hash().toHex());
    node.set("number", Json.quantity(head.height().value() + 1));
    node.set("hash", NullNode.instance);
    node.set("nonce", NullNode.instance);
    node.set("miner", NullNode.instance);
    node.set("logsBloom", NullNode.instance);
    node.set("gasUsed", Json.quantity(0));
    node.set("size", Json.quantity(0));
    node.putArray("uncles");
    ArrayNode transactions = node.putArray("transactions");
    for (SignedTransaction transaction : pool.pending()) {
      transactions.add(
          wholeTransactions
              ? BlockJson.transaction(transaction, Optional.empty())
              : Json.data(transaction.hash()));
    }
    return node;
  }

  private Optional<Block> find(RpcParams params) throws RpcException {
    return blocks.whole(blocks.find(params.optional(0)));
  }

  private JsonNode countByTag(RpcParams params) throws RpcException {
    params.required(0, "block");
    return BlockJson.orNull(
        find(params).map(block -> Json.quantity(block.body().transactions().size())));
  }

  private JsonNode countByHash(RpcParams params) throws RpcException {
    return BlockJson.orNull(
        blocks
            .whole(chain.header(params.hash(0, "block hash")))
            .map(block -> Json.quantity(block.body().transactions().size())));
  }

  /// No block has uncles here; wallets ask all the same.
  private JsonNode uncles(RpcParams params) throws RpcException {
    params.required(0, "block");
    return BlockJson.orNull(blocks.find(params.optional(0)).map(_ -> Json.quantity(0)));
  }

  private JsonNode uncle(RpcParams params) throws RpcException {
    params.required(0, "block");
    var _ = blocks.find(params.optional(0));
    params.quantity(1, "index");
    return NullNode.instance;
  }

  private JsonNode transactionByHash(RpcParams params) throws RpcException {
    Hash hash = params.hash(0, "transaction hash");
    Optional<Placed> placed = placed(hash);
    if (placed.isPresent()) {
      return BlockJson.transaction(placed.get().signed(), Optional.of(placed.get().place()));
    }
    return BlockJson.orNull(
        pool.known(hash).map(waiting -> BlockJson.transaction(waiting, Optional.empty())));
  }

  private JsonNode rawTransactionByHash(RpcParams params) throws RpcException {
    Hash hash = params.hash(0, "transaction hash");
    return BlockJson.orNull(
        placed(hash)
            .map(Placed::signed)
            .or(() -> pool.known(hash))
            .map(found -> Json.data(found.encoded())));
  }

  private JsonNode transactionByPlace(RpcParams params) throws RpcException {
    params.required(0, "block");
    long index = params.quantity(1, "index");
    Optional<Block> block = find(params);
    if (block.isEmpty() || index >= block.get().body().transactions().size()) {
      return NullNode.instance;
    }
    Placed placed = at(block.get(), (int) index);
    return BlockJson.transaction(placed.signed(), Optional.of(placed.place()));
  }

  private JsonNode receipt(RpcParams params) throws RpcException {
    Optional<Placed> placed = placed(params.hash(0, "transaction hash"));
    if (placed.isEmpty()) {
      return NullNode.instance;
    }
    BlockJson.Place place = placed.get().place();
    List<Receipt> receipts =
        chain.receipts(place.block()).orElseThrow(() -> blocks.dropped(place.header().height()));
    int firstLog = 0;
    for (Receipt earlier : receipts.subList(0, place.index())) {
      firstLog += earlier.logs().size();
    }
    return BlockJson.receipt(placed.get().signed(), receipts.get(place.index()), place, firstLog);
  }

  private JsonNode blockReceipts(RpcParams params) throws RpcException {
    params.required(0, "block");
    Optional<Block> block = find(params);
    if (block.isEmpty()) {
      return NullNode.instance;
    }
    Optional<List<Receipt>> receipts = chain.receipts(block.get().hash());
    if (receipts.isEmpty()) {
      return NullNode.instance;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    int firstLog = 0;
    for (int i = 0; i < receipts.get().size(); i++) {
      Placed placed = at(block.get(), i);
      Receipt receipt = receipts.get().get(i);
      list.add(BlockJson.receipt(placed.signed(), receipt, placed.place(), firstLog));
      firstLog += receipt.logs().size();
    }
    return list;
  }

  /// A transaction in a block.
  private record Placed(SignedTransaction signed, BlockJson.Place place) {}

  private Optional<Placed> placed(Hash transaction) throws RpcException {
    Optional<TransactionLocation> location = chain.transaction(transaction);
    if (location.isEmpty()) {
      return Optional.empty();
    }
    return blocks
        .whole(chain.header(location.get().block()))
        .map(block -> at(block, location.get().index()));
  }

  private static Placed at(Block block, int index) {
    return new Placed(
        block.body().transactions().get(index),
        new BlockJson.Place(block.hash(), block.header(), index));
  }
}
