package org.bitcloud.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicReference;
import org.bitcloud.node.http.HttpExchange;
import org.bitcloud.node.http.Route;

/// Whether a node does its work, for whoever decides if it gets any: `/readyz`.
///
/// Safe for any thread. Who was ready and no longer is does not become it again.
public final class Readiness {
  private static final String STARTING = "the node is starting";
  private static final String READY = "";

  private final AtomicReference<String> reason = new AtomicReference<>(STARTING);

  /// The node is open; without effect where it failed already.
  public void ready() {
    boolean _ = reason.compareAndSet(STARTING, READY);
  }

  /// The node does no work from now on.
  ///
  /// @param why for the operator
  public void lost(String why) {
    reason.set(why);
  }

  /// Answers 200, or 503 with the reason.
  public Route route() {
    return new Route.Plain("/readyz", this::answer);
  }

  private void answer(HttpExchange exchange) {
    String why = reason.get();
    boolean ready = why.equals(READY);
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("ready", ready);
    if (!ready) {
      body.put("reason", why);
    }
    exchange.respondText(ready ? 200 : 503, "application/json", body + "\n");
  }
}
