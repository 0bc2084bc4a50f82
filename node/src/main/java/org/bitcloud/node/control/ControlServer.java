package org.bitcloud.node.control;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bitcloud.node.http.HttpException;
import org.bitcloud.node.http.HttpExchange;
import org.bitcloud.node.http.HttpServer;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.node.http.Route;

/// Serves actions to whoever knows the token: `POST /name` with a JSON object.
public final class ControlServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TOKEN_BYTES = 24;

  private final HttpServer server;
  private final String token;

  private ControlServer(HttpServer server, String token) {
    this.server = server;
    this.token = token;
  }

  /// Serves on a free port of loopback under a fresh token.
  ///
  /// @param actions by path without the leading slash, such as `nodes/provider-1/status`; may
  ///   change later
  public static ControlServer start(Map<String, ControlAction> actions, SecureRandom random)
      throws IOException {
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    Route.Plain route =
        new Route.Plain("/control/", exchange -> answer(actions, expected, exchange));
    return new ControlServer(HttpServer.start(HttpSettings.loopback(0), List.of(route)), token);
  }

  /// The address below which the actions are.
  public String url() {
    return "http://127.0.0.1:" + server.port() + "/control";
  }

  /// What a caller has to show.
  public String token() {
    return token;
  }

  private static void answer(
      Map<String, ControlAction> actions, byte[] expected, HttpExchange exchange)
      throws HttpException {
    byte[] shown = exchange.header("Authorization").orElse("").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, shown)) {
      throw new HttpException(401, "the token is missing or wrong");
    }
    ControlAction action = actions.get(exchange.path().substring("/control/".length()));
    if (action == null || !exchange.method().equals("POST")) {
      throw new HttpException(404, "no such action: " + exchange.path());
    }
    try {
      ObjectNode result = action.run(request(exchange.body()));
      exchange.respond(
          200, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(result));
    } catch (ControlException e) {
      throw new HttpException(422, String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      throw new HttpException(400, "not JSON: " + e.getOriginalMessage());
    }
  }

  private static ObjectNode request(byte[] body) throws JacksonException, HttpException {
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode node = JSON.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new HttpException(400, "not a JSON object");
    } catch (JacksonException e) {
      throw e;
    } catch (IOException e) {
      throw new HttpException(400, "cannot read the request: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
