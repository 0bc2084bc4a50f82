package org.bitcloud.node.adapter;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.bitcloud.market.Head;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.Subscription;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// New heads from a node by WebSocket; connects with the first subscriber and again after a loss.
final class HeadFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadFeed.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MESSAGE_MAX = 256 * 1024;

  /// Asks for the newest block.
  @FunctionalInterface
  interface CurrentHead {
    Head get() throws LedgerException;
  }

  private final RpcClient client;
  private final CurrentHead current;
  private final Duration retry;
  private final CopyOnWriteArrayList<LatestHead> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService owner =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("rpc-heads").daemon().factory());
  // Both are touched by the owner's thread only.
  private @Nullable WebSocket socket;
  private boolean started;

  HeadFeed(RpcClient client, CurrentHead current, Duration retry) {
    this.client = client;
    this.current = current;
    this.retry = retry;
  }

  Subscription subscribe(Consumer<Head> listener) {
    var latest = new LatestHead(listener);
    listeners.add(latest);
    var _ = owner.submit(this::begin);
    return () -> listeners.remove(latest);
  }

  private void begin() {
    if (!started) {
      started = true;
      connect();
    } else {
      offerCurrent();
    }
  }

  private void connect() {
    try {
      URI url = client.url();
      URI target = new URI("ws", null, url.getHost(), url.getPort(), "/", null, null);
      socket =
          client
              .http()
              .newWebSocketBuilder()
              .connectTimeout(Duration.ofSeconds(5))
              .buildAsync(target, new Reader())
              .get(10, TimeUnit.SECONDS);
      socket
          .sendText(
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}",
              true)
          .get(10, TimeUnit.SECONDS);
      offerCurrent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | URISyntaxException e) {
      LOG.debug("no heads from {}: {}", client.url(), e.getMessage());
      retryLater();
    }
  }

  private void retryLater() {
    socket = null;
    if (!owner.isShutdown()) {
      var _ = owner.schedule(this::connect, retry.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void offerCurrent() {
    try {
      offer(current.get());
    } catch (LedgerException e) {
      LOG.debug("no head from {}: {}", client.url(), e.getMessage());
    }
  }

  private void offer(Head head) {
    for (LatestHead listener : listeners) {
      listener.offer(head, owner);
    }
  }

  private void lost(String why) {
    if (!owner.isShutdown()) {
      LOG.debug("lost the heads of {}: {}", client.url(), why);
      var _ = owner.submit(this::retryLater);
    }
  }

  private void heard(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      if (message.path("method").asText().equals("eth_subscription")) {
        offer(RpcLedger.head(message.path("params").path("result")));
      }
    } catch (JacksonException | MalformedException e) {
      LOG.warn("{} sent a head that is none: {}", client.url(), e.getMessage());
    }
  }

  @Override
  public void close() {
    owner.shutdownNow();
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  private final class Reader implements WebSocket.Listener {
    private final StringBuilder whole = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket ws, CharSequence part, boolean last) {
      whole.append(part);
      if (whole.length() > MESSAGE_MAX) {
        ws.abort();
        lost("message too long");
      } else if (last) {
        heard(whole.toString());
        whole.setLength(0);
      }
      ws.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
      lost("closed " + code);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
      lost(String.valueOf(error.getMessage()));
    }
  }
}
