package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Height;

/// `eth_` methods about fees.
final class EthFeeMethods {
  private static final int HISTORY_MAX = 1_024;
  private static final int PERCENTILES_MAX = 100;

  private final ChainView chain;
  private final BlockSelector blocks;

  EthFeeMethods(ChainView chain) {
    this.chain = chain;
    this.blocks = new BlockSelector(chain);
  }

  void register(Map<String, RpcMethod> methods) {
    methods.put("eth_gasPrice", _ -> Json.quantity(next(chain.head()).plus(FeeQuote.TIP)));
    methods.put("eth_maxPriorityFeePerGas", _ -> Json.quantity(FeeQuote.TIP));
    methods.put("eth_feeHistory", this::feeHistory);
  }

  private static Amount next(BlockHeader header) {
    return FeeSchedule.nextBaseFee(header.gasUsed(), header.gasLimit(), header.baseFee());
  }

  private JsonNode feeHistory(RpcParams params) throws RpcException {
    long wanted = params.quantity(0, "block count");
    if (wanted < 1 || wanted > HISTORY_MAX) {
      throw RpcException.params("block count must be 1 to " + HISTORY_MAX);
    }
    BlockHeader newest = blocks.require(params.optional(1));
    List<Double> percentiles = percentiles(params);
    long first = chain.oldestBlock().value() == 1 ? 0 : chain.oldestBlock().value();
    long count = Math.min(wanted, Math.max(0, newest.height().value() - first + 1));
    long oldest = newest.height().value() - count + 1;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("oldestBlock", Json.quantity(oldest));
    ArrayNode baseFees = node.putArray("baseFeePerGas");
    ArrayNode ratios = node.putArray("gasUsedRatio");
    ArrayNode rewards = JsonNodeFactory.instance.arrayNode();
    for (long height = oldest; height < oldest + count; height++) {
      Block block = chain.blockAt(Height.of(height)).orElseThrow();
      BlockHeader header = block.header();
      baseFees.add(Json.quantity(header.baseFee()));
      ratios.add((double) header.gasUsed() / header.gasLimit());
      if (!percentiles.isEmpty()) {
        rewards.add(rewards(block, percentiles));
      }
    }
    baseFees.add(Json.quantity(next(newest)));
    if (!percentiles.isEmpty()) {
      node.set("reward", rewards);
    }
    return node;
  }

  private static List<Double> percentiles(RpcParams params) throws RpcException {
    List<Double> percentiles = new ArrayList<>();
    JsonNode given = params.optional(2).orElse(JsonNodeFactory.instance.arrayNode());
    if (!given.isArray() || given.size() > PERCENTILES_MAX) {
      throw RpcException.params("percentiles must be an array of at most " + PERCENTILES_MAX);
    }
    double last = 0;
    for (JsonNode each : given) {
      if (!each.isNumber() || each.doubleValue() < last || each.doubleValue() > 100) {
        throw RpcException.params("percentiles must rise from 0 to 100");
      }
      last = each.doubleValue();
      percentiles.add(last);
    }
    return percentiles;
  }

  /// The tips at the given percentiles of gas used, as geth defines them.
  private ArrayNode rewards(Block block, List<Double> percentiles) {
    record Paid(Amount tip, long gas) {}
    List<Paid> paid = new ArrayList<>();
    List<Receipt> receipts = chain.receipts(block.hash()).orElse(List.of());
    for (Receipt receipt : receipts) {
      Amount tip = receipt.effectiveGasPrice().minusOrZero(block.header().baseFee());
      paid.add(new Paid(tip, receipt.gasUsed()));
    }
    paid.sort(Comparator.comparing(Paid::tip));
    ArrayNode row = JsonNodeFactory.instance.arrayNode();
    int at = 0;
    long gas = paid.isEmpty() ? 0 : paid.getFirst().gas();
    for (double percentile : percentiles) {
      while (at < paid.size() - 1 && gas < block.header().gasUsed() * percentile / 100) {
        at++;
        gas += paid.get(at).gas();
      }
      row.add(Json.quantity(paid.isEmpty() ? Amount.ZERO : paid.get(at).tip()));
    }
    return row;
  }
}
