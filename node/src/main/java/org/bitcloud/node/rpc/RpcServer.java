package org.bitcloud.node.rpc;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.pool.AttestationPool;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.node.http.HttpException;
import org.bitcloud.node.http.HttpExchange;
import org.bitcloud.node.http.HttpServer;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.node.http.Route;
import org.bitcloud.node.http.WebSocketSession;
import org.bitcloud.primitives.Address;

/// JSON-RPC over HTTP POST and WebSocket on one port.
public final class RpcServer implements AutoCloseable {
  private static final Map<String, String> JSON_HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");

  private final HttpServer server;
  private final Set<String> methods;

  private RpcServer(HttpServer server, Set<String> methods) {
    this.server = server;
    this.methods = Set.copyOf(methods);
  }

  /// What the methods read, write and take from outside.
  ///
  /// @param chain the chain to show
  /// @param pool where transactions go
  /// @param attestations where attestations go
  /// @param clock for calls on the pending block
  /// @param random for ids of filters and subscriptions
  /// @param dev control of a `dev` engine, empty with any other
  /// @param barred senders whose transactions are not taken: everybody could sign for them
  public record Ports(
      ChainView chain,
      Mempool pool,
      AttestationPool attestations,
      InstantSource clock,
      SecureRandom random,
      Optional<DevMethods> dev,
      Predicate<Address> barred) {}

  /// Serves the chain.
  ///
  /// @param observer told of calls and connections
  /// @param beside what else is served on the same port
  /// @throws IOException where the address cannot be bound
  public static RpcServer start(
      HttpSettings settings, Ports ports, RpcObserver observer, List<Route> beside)
      throws IOException {
    Map<String, RpcMethod> methods = methods(ports);
    var dispatcher = new RpcDispatcher(methods, System::nanoTime, observer);
    var quick = new QuickCalls(methods, ports.chain()::heads, System::nanoTime, observer);
    List<Route> routes = new ArrayList<>();
    routes.add(new Route.Socket("/", session -> socket(dispatcher, ports, observer, session)));
    routes.add(new Route.Quick("/", QuickCalls.BODY_MAX, quick::answer));
    routes.add(new Route.Plain("/", exchange -> answer(dispatcher, exchange)));
    routes.add(
        new Route.Plain("/healthz", exchange -> exchange.respondText(200, "text/plain", "ok\n")));
    routes.addAll(beside);
    return new RpcServer(HttpServer.start(settings, List.copyOf(routes)), methods.keySet());
  }

  private static Subscriptions socket(
      RpcDispatcher dispatcher, Ports ports, RpcObserver observer, WebSocketSession session) {
    observer.sockets(1);
    return new Subscriptions(
        dispatcher,
        ports.chain(),
        ports.pool(),
        ports.random(),
        session,
        () -> observer.sockets(-1));
  }

  private static Map<String, RpcMethod> methods(Ports ports) {
    ChainView chain = ports.chain();
    Mempool pool = ports.pool();
    Map<String, RpcMethod> methods = new HashMap<>();
    new EthBlockMethods(chain, pool).register(methods);
    new EthStateMethods(chain, pool, ports.clock()).register(methods);
    new EthFeeMethods(chain).register(methods);
    new EthLogMethods(chain, pool, ports.random()).register(methods);
    new EthSubmitMethods(chain, pool, ports.barred()).register(methods);
    new BitcloudMethods(chain, ports.attestations()).register(methods);
    ports.dev().ifPresent(dev -> dev.register(methods));
    new CommonMethods(chain).register(methods);
    return methods;
  }

  private static void answer(RpcDispatcher dispatcher, HttpExchange exchange) throws HttpException {
    if (!exchange.method().equals("POST")) {
      throw new HttpException(405, "JSON-RPC is served by POST (and by WebSocket) at /");
    }
    Optional<byte[]> answer = dispatcher.answer(exchange.body());
    exchange.respond(answer.isPresent() ? 200 : 204, JSON_HEADERS, answer.orElse(new byte[0]));
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// The names of the methods that it answers over HTTP.
  public Set<String> methods() {
    return methods;
  }

  @Override
  public void close() {
    server.close();
  }
}
