package org.bitcloud.node;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.reader.ObjectReader;
import org.bitcloud.market.reader.ReaderOptions;
import org.bitcloud.node.adapter.TcpWire;
import org.bitcloud.node.gateway.ObjectRoutes;
import org.bitcloud.node.http.HttpServer;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.p2p.ConnectionLimits;
import org.bitcloud.p2p.TcpTransport;
import org.jspecify.annotations.Nullable;

/// A gateway: stored objects over HTTP.
public final class GatewayNode implements Service {
  private final HttpSettings settings;
  private final LedgerSource ledgers;
  private final InstantSource clock;
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private @Nullable HttpServer server;

  /// A gateway that is not started yet.
  ///
  /// @param settings where HTTP listens
  /// @param ledgers the chain, which knows the providers
  /// @param clock for the age of what it knows of providers
  public GatewayNode(HttpSettings settings, LedgerSource ledgers, InstantSource clock) {
    this.settings = settings;
    this.ledgers = ledgers;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public void start() throws ServiceException {
    Ledger ledger = ledgers.open();
    closers.push(ledger::close);
    TcpTransport transport = new TcpTransport(ConnectionLimits.DEFAULT);
    closers.push(transport::close);
    ObjectReader reader =
        ObjectReader.open(ledger, new TcpWire(transport), clock, ReaderOptions.DEFAULT);
    closers.push(reader::close);
    try {
      server = HttpServer.start(settings, ObjectRoutes.of(reader));
    } catch (IOException e) {
      stop();
      throw new ServiceException(
          e.getMessage() + " (choose another --gateway-port, or 0 for a free one)", e);
    }
    closers.push(server::close);
  }

  @Override
  public void stop() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }

  /// The port of HTTP, once started.
  public int port() {
    HttpServer started = server;
    if (started == null) {
      throw new IllegalStateException("gateway is not started");
    }
    return started.port();
  }
}
