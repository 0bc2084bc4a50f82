package org.bitcloud.node.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitcloud.node.rpc.RpcObserver;

/// Counts and times JSON-RPC calls. There are as many meters as methods and outcomes were seen; a
/// method that does not exist makes none of its own.
final class RpcMeters implements RpcObserver {
  private static final Duration[] LATENCIES = {
    Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1)
  };

  private record Key(String method, Outcome outcome) {}

  private final MeterRegistry registry;
  private final AtomicInteger sockets = new AtomicInteger();
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  RpcMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge _ =
        Gauge.builder("rpc.websockets", sockets::get)
            .description("Open WebSocket connections")
            .register(registry);
  }

  @Override
  public void called(String method, Outcome outcome, long nanos) {
    timers
        .computeIfAbsent(new Key(method, outcome), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    return Timer.builder("rpc.calls")
        .description("JSON-RPC calls by method and outcome")
        .tag("method", key.method())
        .tag("outcome", key.outcome().name().toLowerCase(Locale.ROOT))
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  @Override
  public void sockets(int change) {
    int _ = sockets.addAndGet(change);
  }
}
