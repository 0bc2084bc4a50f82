package org.bitcloud.node.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps one request under way on each of some keep-alive connections, all from one thread: a
/// client so cheap that the server is what is measured.
final class RpcLoad {
  private static final long SILENCE_MILLIS_MAX = 30_000;
  private static final int SAMPLES_MAX = 4_000_000; // 16 MB of latencies; later ones are not kept

  private final SocketAddress server;
  private long answers;
  private long refused;
  private @Nullable String refusal;
  private int[] micros = new int[1 << 16];
  private int samples;

  /// A run on connections of its own.
  RpcLoad(SocketAddress server) {
    this.server = server;
  }

  /// What came of a run.
  ///
  /// @param seconds from the first request to the last answer
  /// @param answers with a result
  /// @param refused answers with an error
  /// @param refusal one of them, null where there is none
  /// @param p50Micros median time from request to answer
  /// @param p99Micros the time that one in a hundred exceeds
  record Result(
      double seconds,
      long answers,
      long refused,
      @Nullable String refusal,
      int p50Micros,
      int p99Micros) {}

  /// Asks until the time is over or there is nothing left to ask.
  ///
  /// @param sources what each connection asks
  /// @param nanosMax when to stop asking
  /// @throws IOException where the server does not answer as expected
  Result run(List<? extends RpcRequests> sources, long nanosMax) throws IOException {
    List<RpcConnection> connections = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (RpcRequests source : sources) {
        RpcConnection connection = new RpcConnection(SocketChannel.open(server), source);
        connections.add(connection);
        connection.register(selector);
      }
      long begun = System.nanoTime();
      int busy = 0;
      for (RpcConnection connection : connections) {
        busy += connection.ask(begun) ? 1 : 0;
      }
      while (busy > 0) {
        if (selector.select(SILENCE_MILLIS_MAX) == 0) {
          throw new IOException("no answer within " + SILENCE_MILLIS_MAX / 1_000 + " s");
        }
        for (SelectionKey key : selector.selectedKeys()) {
          busy -= serve((RpcConnection) key.attachment(), begun + nanosMax) ? 0 : 1;
        }
        selector.selectedKeys().clear();
      }
      return result((System.nanoTime() - begun) / 1e9);
    } finally {
      for (RpcConnection connection : connections) {
        connection.close();
      }
    }
  }

  /* Whether the connection is still under way. */
  private boolean serve(RpcConnection connection, long end) throws IOException {
    String answer = connection.read();
    if (answer == null) {
      return true;
    }
    long now = System.nanoTime();
    keep((int) Math.min(Integer.MAX_VALUE, (now - connection.askedAt()) / 1_000));
    if (answer.contains("\"result\":")) {
      answers++;
      connection.accepted();
    } else {
      refused++;
      refusal = answer;
    }
    return now - end < 0 && connection.ask(now);
  }

  private void keep(int latency) {
    if (samples == micros.length && samples < SAMPLES_MAX) {
      micros = Arrays.copyOf(micros, Math.min(SAMPLES_MAX, 2 * samples));
    }
    if (samples < micros.length) {
      micros[samples++] = latency;
    }
  }

  private Result result(double seconds) {
    int[] sorted = Arrays.copyOf(micros, samples);
    Arrays.sort(sorted);
    return new Result(
        seconds, answers, refused, refusal, quantile(sorted, 0.50), quantile(sorted, 0.99));
  }

  private static int quantile(int[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
  }
}
