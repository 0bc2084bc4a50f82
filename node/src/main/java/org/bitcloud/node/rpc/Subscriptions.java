package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bitcloud.chain.AppliedBlock;
import org.bitcloud.chain.ChainListener;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.LogFilter;
import org.bitcloud.chain.Subscription;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.node.http.WebSocketEndpoint;
import org.bitcloud.node.http.WebSocketSession;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.SignedTransaction;

/// `eth_subscribe` on one WebSocket connection.
final class Subscriptions implements WebSocketEndpoint.Listener {
  private static final int SUBSCRIPTIONS_MAX = 64;

  private final RpcDispatcher dispatcher;
  private final ChainView chain;
  private final Mempool pool;
  private final LogQuery query;
  private final SecureRandom random;
  private final WebSocketSession session;
  private final Runnable closed;
  private final Map<String, RpcMethod> own =
      Map.of("eth_subscribe", this::subscribe, "eth_unsubscribe", this::unsubscribe);
  private final Map<Long, Subscription> active = new ConcurrentHashMap<>();

  /// @param closed run once the connection is gone
  Subscriptions(
      RpcDispatcher dispatcher,
      ChainView chain,
      Mempool pool,
      SecureRandom random,
      WebSocketSession session,
      Runnable closed) {
    this.dispatcher = dispatcher;
    this.chain = chain;
    this.pool = pool;
    this.query = new LogQuery(chain);
    this.random = random;
    this.session = session;
    this.closed = closed;
  }

  @Override
  public void onText(String text) {
    dispatcher
        .answer(text.getBytes(StandardCharsets.UTF_8), own)
        .ifPresent(answer -> session.send(new String(answer, StandardCharsets.UTF_8)));
  }

  @Override
  public void onClose() {
    active.values().forEach(Subscription::close);
    active.clear();
    closed.run();
  }

  private JsonNode subscribe(RpcParams params) throws RpcException {
    if (active.size() >= SUBSCRIPTIONS_MAX) {
      throw RpcException.of(
          RpcException.LIMIT, "at most " + SUBSCRIPTIONS_MAX + " subscriptions a connection");
    }
    long id = random.nextLong() >>> 1;
    String kind = params.required(0, "subscription").asText();
    Subscription subscription =
        switch (kind) {
          case "newHeads" -> listen(block -> notify(id, head(block)), _ -> {});
          case "logs" -> logs(id, params);
          case "newPendingTransactions" -> pending(id, params.flag(1, "whole transactions"));
          default ->
              throw RpcException.params(
                  "no \"%s\" subscription; there are newHeads, logs, newPendingTransactions"
                      .formatted(kind));
        };
    active.put(id, subscription);
    return Json.quantity(id);
  }

  private JsonNode unsubscribe(RpcParams params) throws RpcException {
    Subscription subscription = active.remove(params.quantity(0, "subscription id"));
    if (subscription != null) {
      subscription.close();
    }
    return BooleanNode.valueOf(subscription != null);
  }

  private static JsonNode head(AppliedBlock block) {
    return BlockJson.header(block.block().header(), block.hash());
  }

  private Subscription logs(long id, RpcParams params) throws RpcException {
    ObjectNode object =
        params.optional(1).isPresent()
            ? params.object(1, "filter")
            : JsonNodeFactory.instance.objectNode();
    LogFilter wanted = query.filter(object);
    return listen(
        block -> {
          Height height = block.block().height();
          try {
            query
                .logs(new LogFilter(height, height, wanted.addresses(), wanted.topics()))
                .forEach(log -> notify(id, log));
          } catch (RpcException e) { // one block is never beyond the range bound
            throw new IllegalStateException(e);
          }
        },
        block -> query.removed(wanted, block).forEach(log -> notify(id, log)));
  }

  private Subscription pending(long id, boolean whole) {
    return pool.subscribe(
        (SignedTransaction transaction) ->
            notify(
                id,
                whole
                    ? BlockJson.transaction(transaction, Optional.empty())
                    : Json.data(transaction.hash())));
  }

  private Subscription listen(Consumer<AppliedBlock> onBlock, Consumer<Block> onUndone) {
    return chain.subscribe(
        new ChainListener() {
          @Override
          public void applied(AppliedBlock block) {
            onBlock.accept(block);
          }

          @Override
          public void reverted(Block block) {
            onUndone.accept(block);
          }
        });
  }

  private void notify(long id, JsonNode result) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("jsonrpc", "2.0").put("method", "eth_subscription");
    ObjectNode params = message.putObject("params");
    params.set("subscription", Json.quantity(id));
    params.set("result", result);
    session.send(new String(RpcDispatcher.bytes(message), StandardCharsets.UTF_8));
  }
}
