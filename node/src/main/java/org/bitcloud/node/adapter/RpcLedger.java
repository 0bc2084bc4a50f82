package org.bitcloud.node.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitcloud.contracts.Log;
import org.bitcloud.market.Head;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.LedgerException.Kind;
import org.bitcloud.market.LedgerLog;
import org.bitcloud.market.LogFilter;
import org.bitcloud.market.NetworkInfo;
import org.bitcloud.market.Subscription;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// The market's ledger over a node's JSON-RPC.
public final class RpcLedger implements Ledger {
  private final RpcClient client;
  private final HeadFeed heads;
  private volatile @Nullable NetworkInfo network;

  /// A ledger over the node at `http://host:port`; nothing is sent before the first call.
  ///
  /// @param patience how long calls wait for a node that has answered before and now does not
  public RpcLedger(URI url, Duration patience) {
    this.client = new RpcClient(url, patience);
    this.heads = new HeadFeed(client, this::head, Duration.ofMillis(500));
  }

  /// What a node answered, decoded; its mistakes are failures of the ledger.
  @FunctionalInterface
  private interface Decoder<T> {
    T decode(JsonNode result) throws MalformedException;
  }

  private <T> T call(Decoder<T> decoder, String method, Object... params) throws LedgerException {
    JsonNode result = client.call(method, params);
    try {
      return decoder.decode(result);
    } catch (MalformedException | IllegalArgumentException e) {
      throw new LedgerException(
          Kind.UNAVAILABLE,
          "the node at %s answered %s with something else: %s"
              .formatted(client.url(), method, e.getMessage()),
          e);
    }
  }

  @Override
  public NetworkInfo network() throws LedgerException {
    NetworkInfo known = network;
    if (known == null) {
      known =
          call(
              result ->
                  new NetworkInfo(number(result.path("chainId")), hash(result.path("genesisHash"))),
              "bitcloud_nodeInfo");
      network = known;
    }
    return known;
  }

  @Override
  public Head head() throws LedgerException {
    return call(RpcLedger::head, "eth_getBlockByNumber", "latest", false);
  }

  static Head head(JsonNode block) throws MalformedException {
    return new Head(
        Height.of(number(block.path("number"))),
        hash(block.path("hash")),
        number(block.path("timestampMillis")),
        amount(block.path("baseFeePerGas")));
  }

  @Override
  public Bytes call(Address to, Bytes input) throws LedgerException {
    return call(
        result -> Bytes.fromHex(result.asText()), "eth_call", callObject(to, input), "latest");
  }

  @Override
  public long estimateGas(Address from, Address to, Amount value, Bytes input)
      throws LedgerException {
    ObjectNode object = callObject(to, input);
    object.put("from", from.toHex());
    object.put("value", "0x" + value.drops().toString(16));
    return call(RpcLedger::number, "eth_estimateGas", object);
  }

  private static ObjectNode callObject(Address to, Bytes input) {
    return JsonNodeFactory.instance.objectNode().put("to", to.toHex()).put("input", input.toHex());
  }

  @Override
  public long nonce(Address account) throws LedgerException {
    return call(RpcLedger::number, "eth_getTransactionCount", account.toHex(), "pending");
  }

  @Override
  public Amount balance(Address account) throws LedgerException {
    return call(RpcLedger::amount, "eth_getBalance", account.toHex(), "latest");
  }

  @Override
  public Hash submit(SignedTransaction transaction) throws LedgerException {
    try {
      client.call("eth_sendRawTransaction", transaction.encoded().toHex());
    } catch (LedgerException e) {
      if (e.kind() != Kind.REJECTED
          || !String.valueOf(e.getMessage()).startsWith("already known")) {
        throw e;
      }
    }
    return transaction.hash();
  }

  @Override
  public Optional<TxReceipt> receipt(Hash transaction) throws LedgerException {
    return call(
        result -> result.isNull() ? Optional.empty() : Optional.of(receipt(transaction, result)),
        "eth_getTransactionReceipt",
        transaction.toHex());
  }

  private static TxReceipt receipt(Hash transaction, JsonNode node) throws MalformedException {
    boolean success = number(node.path("status")) == 1;
    return new TxReceipt(
        transaction,
        Height.of(number(node.path("blockNumber"))),
        success,
        number(node.path("gasUsed")),
        amount(node.path("effectiveGasPrice")),
        logs(node.path("logs")),
        success ? "" : RevertReason.of(Bytes.fromHex(node.path("revertReason").asText("0x"))));
  }

  @Override
  public List<LedgerLog> logs(LogFilter filter) throws LedgerException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("fromBlock", "0x" + Long.toHexString(filter.from().value()));
    object.put("toBlock", "0x" + Long.toHexString(filter.to().value()));
    object.put("address", filter.address().toHex());
    ArrayNode topics = object.putArray("topics");
    for (List<Hash> position : filter.topics()) {
      if (position.isEmpty()) {
        topics.addNull();
      } else {
        ArrayNode alternatives = topics.addArray();
        position.forEach(topic -> alternatives.add(topic.toHex()));
      }
    }
    return call(RpcLedger::logs, "eth_getLogs", object);
  }

  private static List<LedgerLog> logs(JsonNode list) throws MalformedException {
    List<LedgerLog> logs = new ArrayList<>();
    for (JsonNode node : list) {
      List<Hash> topics = new ArrayList<>();
      for (JsonNode topic : node.path("topics")) {
        topics.add(hash(topic));
      }
      logs.add(
          new LedgerLog(
              new Log(
                  Address.fromHex(node.path("address").asText()),
                  topics,
                  Bytes.fromHex(node.path("data").asText())),
              Height.of(number(node.path("blockNumber"))),
              hash(node.path("transactionHash")),
              Math.toIntExact(number(node.path("logIndex")))));
    }
    return logs;
  }

  @Override
  public Subscription onHead(Consumer<Head> listener) {
    return heads.subscribe(listener);
  }

  /// The client, for calls that the port does not name.
  public RpcClient client() {
    return client;
  }

  @Override
  public void close() {
    heads.close();
    client.close();
  }

  private static Hash hash(JsonNode node) throws MalformedException {
    return Hash.fromHex(node.asText());
  }

  private static long number(JsonNode node) throws MalformedException {
    Amount amount = amount(node);
    if (!amount.fitsLong()) {
      throw new MalformedException("number beyond 63 bits");
    }
    return amount.toLong();
  }

  private static Amount amount(JsonNode node) throws MalformedException {
    String text = node.asText();
    if (!text.matches("0x[0-9a-fA-F]{1,64}")) {
      throw new MalformedException("not a quantity: " + node);
    }
    return Amount.of(new BigInteger(text.substring(2), 16));
  }
}
