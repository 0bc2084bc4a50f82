package org.bitcloud.node.control;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks a running node to do something.
public final class ControlClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(2);

  private final String url;
  private final String token;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /// A client for the node whose [ControlFile] says this address and token.
  public ControlClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /// An empty request to fill.
  public static ObjectNode request() {
    return JSON.createObjectNode();
  }

  /// Runs an action.
  ///
  /// @throws ControlException with the node's reason, or where it does not answer
  public JsonNode call(String action, ObjectNode request) throws ControlException {
    try {
      HttpRequest post =
          HttpRequest.newBuilder(URI.create(url + "/" + action))
              .timeout(ANSWER)
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
              .build();
      HttpResponse<byte[]> response = http.send(post, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new ControlException(new String(response.body(), StandardCharsets.UTF_8).strip());
      }
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw new ControlException("the node at " + url + " did not answer with JSON", e);
    } catch (IOException e) {
      throw new ControlException("the node at " + url + " does not answer; is it running?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
