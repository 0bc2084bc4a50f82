package org.bitcloud.node.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.Subscription;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.node.http.HttpException;
import org.bitcloud.node.http.HttpExchange;
import org.bitcloud.node.http.Route;
import org.bitcloud.node.rpc.RpcObserver;

/// The meters of one ledger node, served at `/metrics` in the text format of Prometheus.
///
/// All names begin with `bitcloud_`; `docs/operations/monitoring.md` lists them.
public final class NodeMetrics implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final String PREFIX = "bitcloud.";
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final RpcMeters rpc;
  private final Subscription blocks;

  private NodeMetrics(ChainView chain) {
    MeterRegistry.Config _ = registry.config().meterFilter(prefix());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
    this.rpc = new RpcMeters(registry);
    this.blocks = chain.subscribe(new ChainMeters(registry));
  }

  /// Watches a node from now on.
  ///
  /// @param database folder whose files are summed at each look
  /// @param clock wall time
  public static NodeMetrics of(ChainView chain, Mempool pool, Path database, InstantSource clock) {
    NodeMetrics metrics = new NodeMetrics(chain);
    ChainMeters.ofChain(metrics.registry, chain, clock);
    ChainMeters.ofPool(metrics.registry, pool);
    ChainMeters.ofDatabase(metrics.registry, database);
    return metrics;
  }

  private static MeterFilter prefix() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        return id.withName(PREFIX + id.getName());
      }
    };
  }

  /// The same ledger with its work on blocks timed.
  public LedgerPort timed(LedgerPort ledger) {
    return new TimedLedger(ledger, registry);
  }

  /// What JSON-RPC tells of its calls.
  public RpcObserver rpc() {
    return rpc;
  }

  /// Serves what the meters say now.
  public Route route() {
    return new Route.Plain(PATH, this::answer);
  }

  private void answer(HttpExchange exchange) throws HttpException {
    if (!exchange.method().equals("GET") && !exchange.isHead()) {
      throw new HttpException(405, PATH + " is read by GET");
    }
    exchange.respond(
        200,
        Map.of("Content-Type", CONTENT_TYPE, "Cache-Control", "no-store"),
        registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    blocks.close();
    collections.close();
    registry.close();
  }
}
