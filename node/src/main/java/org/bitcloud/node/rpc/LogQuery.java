package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.LogEntry;
import org.bitcloud.chain.LogFilter;
import org.bitcloud.chain.LogRangeException;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// The filter object of `eth_getLogs`, filters and log subscriptions.
final class LogQuery {
  private static final int ADDRESSES_MAX = 1_000;
  private static final int TOPICS_MAX = 4;

  private final ChainView chain;
  private final BlockSelector blocks;

  LogQuery(ChainView chain) {
    this.chain = chain;
    this.blocks = new BlockSelector(chain);
  }

  /// Reads a filter object against the chain as it is now.
  LogFilter filter(ObjectNode object) throws RpcException {
    List<Address> addresses = addresses(object.path("address"));
    List<List<Hash>> topics = topics(object.path("topics"));
    if (object.hasNonNull("blockHash")) {
      if (object.hasNonNull("fromBlock") || object.hasNonNull("toBlock")) {
        throw RpcException.params("blockHash excludes fromBlock and toBlock");
      }
      Height height = blocks.require(Optional.of(object.get("blockHash"))).height();
      return new LogFilter(height, height, addresses, topics);
    }
    Height head = chain.head().height();
    Height from = bound(object, "fromBlock", head);
    Height to = bound(object, "toBlock", head);
    if (to.isBefore(from)) {
      throw RpcException.params("invalid block range params: fromBlock is above toBlock");
    }
    return new LogFilter(from, to, addresses, topics);
  }

  /// A number beyond the head is kept: it names blocks that are still to come.
  private Height bound(ObjectNode object, String name, Height head) throws RpcException {
    if (!object.hasNonNull(name)) {
      return head;
    }
    JsonNode value = object.get(name);
    boolean number = value.isNumber() || value.asText().startsWith("0x");
    return number
        ? Height.of(Json.quantity(value, name))
        : blocks.require(Optional.of(value)).height();
  }

  /// The logs of a filter as JSON.
  ArrayNode logs(LogFilter filter) throws RpcException {
    Height head = chain.head().height();
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    if (head.isBefore(filter.from())) {
      return list;
    }
    Height to = head.isBefore(filter.to()) ? head : filter.to();
    try {
      for (LogEntry entry :
          chain.logs(new LogFilter(filter.from(), to, filter.addresses(), filter.topics()))) {
        list.add(BlockJson.log(entry));
      }
      return list;
    } catch (LogRangeException e) {
      throw RpcException.of(RpcException.LIMIT, String.valueOf(e.getMessage()));
    }
  }

  /// The wanted logs of an undone block as JSON, marked as removed, the last first: in the order in
  /// which they are taken back. The heights of the filter do not matter.
  List<ObjectNode> removed(LogFilter wanted, Block block) {
    List<Receipt> receipts = chain.receipts(block.hash()).orElse(List.of());
    List<ObjectNode> logs = new ArrayList<>();
    int logIndex = 0;
    for (int i = 0; i < receipts.size(); i++) {
      for (Log log : receipts.get(i).logs()) {
        int index = logIndex++;
        if (wanted.matches(log)) {
          logs.add(BlockJson.log(entry(log, block, i, index)).put("removed", true));
        }
      }
    }
    return logs.reversed();
  }

  private static LogEntry entry(Log log, Block block, int transaction, int logIndex) {
    return new LogEntry(
        log,
        block.hash(),
        block.height(),
        block.header().timeMillis(),
        block.body().transactions().get(transaction).hash(),
        transaction,
        logIndex);
  }

  private static List<Address> addresses(JsonNode node) throws RpcException {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      return List.of(Json.address(node, "address"));
    }
    if (node.size() > ADDRESSES_MAX) {
      throw RpcException.params("at most " + ADDRESSES_MAX + " addresses");
    }
    List<Address> addresses = new ArrayList<>();
    for (JsonNode each : node) {
      addresses.add(Json.address(each, "address"));
    }
    return addresses;
  }

  private static List<List<Hash>> topics(JsonNode node) throws RpcException {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray() || node.size() > TOPICS_MAX) {
      throw RpcException.params("topics must be an array of at most " + TOPICS_MAX);
    }
    List<List<Hash>> topics = new ArrayList<>();
    for (JsonNode position : node) {
      List<Hash> alternatives = new ArrayList<>();
      if (position.isArray()) {
        if (position.size() > ADDRESSES_MAX) {
          throw RpcException.params("at most " + ADDRESSES_MAX + " alternatives per topic");
        }
        for (JsonNode each : position) {
          alternatives.add(Json.hash(each, "topic"));
        }
      } else if (!position.isNull()) {
        alternatives.add(Json.hash(position, "topic"));
      }
      topics.add(alternatives);
    }
    return topics;
  }
}
