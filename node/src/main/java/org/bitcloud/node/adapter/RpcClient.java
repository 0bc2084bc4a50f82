package org.bitcloud.node.adapter;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.LedgerException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// JSON-RPC calls over HTTP to one node.
public final class RpcClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RpcClient.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int REVERTED = 3;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LAST_PAUSE_MILLIS = 1_000;

  private final URI url;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final AtomicLong ids = new AtomicLong();
  private final Duration patience;
  private volatile boolean answered;
  private volatile boolean closed;

  /// A client for the node at `http://host:port`.
  ///
  /// @param patience how long calls wait for a node that has answered before and now does not, such
  ///   as one that is being restarted
  public RpcClient(URI url, Duration patience) {
    this.url = url;
    this.patience = patience;
  }

  /// Calls a method; hex strings and JSON nodes are sent as they are.
  ///
  /// @throws LedgerException `REVERTED` for a revert, `REJECTED` for any other error answer,
  ///   `UNAVAILABLE` where the node does not answer
  public JsonNode call(String method, Object... params) throws LedgerException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("jsonrpc", "2.0").put("id", ids.incrementAndGet()).put("method", method);
    ArrayNode list = request.putArray("params");
    for (Object param : params) {
      list.addPOJO(param);
    }
    JsonNode answer = send(request);
    JsonNode error = answer.get("error");
    if (error != null && !error.isNull()) {
      Kind kind = error.path("code").asInt() == REVERTED ? Kind.REVERTED : Kind.REJECTED;
      String message = error.path("message").asText();
      throw new LedgerException(kind, message.replaceFirst("^execution reverted: ", ""));
    }
    return answer.path("result");
  }

  /// Calls one method with several lists of parameters in one request, at most 1,000.
  ///
  /// @return the results in the order of the lists
  /// @throws LedgerException as [#call]; one failed call fails them all
  public List<JsonNode> batch(String method, List<List<Object>> calls) throws LedgerException {
    ArrayNode requests = JsonNodeFactory.instance.arrayNode();
    long first = ids.getAndAdd(calls.size()) + 1;
    for (List<Object> params : calls) {
      ObjectNode request = requests.addObject();
      request.put("jsonrpc", "2.0").put("id", first + requests.size() - 1).put("method", method);
      ArrayNode list = request.putArray("params");
      params.forEach(list::addPOJO);
    }
    JsonNode[] results = new JsonNode[calls.size()];
    for (JsonNode answer : send(requests)) {
      long index = answer.path("id").asLong() - first;
      if (index < 0 || index >= results.length || !answer.has("result")) {
        String message = answer.path("error").path("message").asText("no result");
        throw new LedgerException(Kind.REJECTED, message);
      }
      results[(int) index] = answer.get("result");
    }
    for (JsonNode result : results) {
      if (result == null) {
        throw unavailable("left a call of a batch unanswered", null);
      }
    }
    return List.of(results);
  }

  private JsonNode send(JsonNode request) throws LedgerException {
    try {
      HttpRequest post =
          HttpRequest.newBuilder(url)
              .timeout(ANSWER)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
              .build();
      HttpResponse<byte[]> response = patiently(post);
      if (response.statusCode() != 200) {
        throw unavailable("answered with HTTP status " + response.statusCode(), null);
      }
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw unavailable("did not answer with JSON", e);
    } catch (IOException e) {
      throw unavailable("does not answer; is it running?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for", e);
    }
  }

  // Every method may be called twice: a transaction that is there already counts as sent.
  private HttpResponse<byte[]> patiently(HttpRequest post)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LAST_PAUSE_MILLIS)) {
      try {
        HttpResponse<byte[]> response = http.send(post, BodyHandlers.ofByteArray());
        answered = true;
        return response;
      } catch (IOException e) {
        if (!answered || closed || System.nanoTime() - deadline >= 0) {
          throw e;
        }
        LOG.debug("{} does not answer, trying again: {}", url, e.getMessage());
        Thread.sleep(pause);
      }
    }
  }

  private LedgerException unavailable(String what, @Nullable Exception e) {
    String message = "the node at " + url + " " + what;
    return e == null
        ? new LedgerException(Kind.UNAVAILABLE, message)
        : new LedgerException(Kind.UNAVAILABLE, message, e);
  }

  /// The node's address.
  public URI url() {
    return url;
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    closed = true;
    http.shutdownNow();
  }
}
