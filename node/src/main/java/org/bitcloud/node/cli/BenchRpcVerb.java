package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.node.bench.RpcBench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench rpc`: how many calls a node answers.
@Command(
    name = "rpc",
    description = "Measure JSON-RPC: balances, and transfers sent while blocks are sealed.",
    footer = {
      "",
      "Starts a node of its own, asks it over loopback, and checks that every transfer it took is in",
      "a block at the end. Processor time is the client's and the node's together. With --rpc the",
      "node is another process and only reads are measured.",
      "Examples:",
      "  bitcloud bench rpc --json",
      "  bitcloud bench rpc --rpc http://127.0.0.1:8545 --seconds 5"
    })
final class BenchRpcVerb extends Verb {
  private static final int SECONDS_MAX = 60;
  private static final int CONNECTIONS_MAX = 512;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "how long each kind of call is measured (default: 5)")
  int seconds = 5;

  @Option(
      names = "--connections",
      paramLabel = "C",
      description = "each with one call under way (default: 32)")
  int connections = 32;

  @Option(
      names = "--rpc",
      paramLabel = "URL",
      description = "measure reads of this node instead of one of its own")
  @Nullable String rpc;

  BenchRpcVerb(Cli cli) {
    super(cli);
  }

  @Override
  Path directory() {
    return directory != null ? super.directory() : cli.home().resolve("bench");
  }

  @Override
  void run() throws Exception {
    check("--seconds", seconds, SECONDS_MAX);
    check("--connections", connections, CONNECTIONS_MAX);
    RpcBench bench = new RpcBench(seconds, connections);
    RpcBench.Report report;
    try (ProgressBar bar = new ProgressBar(cli, json)) {
      RpcBench.Progress progress = (what, done, total) -> bar.update("bench", done, total, what);
      String node = rpc;
      report =
          node == null
              ? bench.ofOwnNode(Files.createDirectories(directory()), progress)
              : bench.ofNode(url(node), progress);
    }
    if (json) {
      print(json(report));
    } else {
      say("%-24s %10s %9s %9s %14s", "", "calls/s", "p50 ms", "p99 ms", "CPU s/100,000");
      row("eth_getBalance", report.balances());
      report.sent().ifPresent(this::rows);
    }
  }

  private void rows(RpcBench.Sent sent) {
    row("eth_sendRawTransaction", sent.figures());
    say("all %d transfers are in %d blocks", sent.accepted(), sent.blocks());
  }

  private void row(String method, RpcBench.Figures figures) {
    say(
        "%-24s %,10.0f %9.2f %9.2f %14.2f",
        method,
        figures.perSecond(),
        figures.p50Millis(),
        figures.p99Millis(),
        figures.cpuSecondsPer100k());
  }

  private ObjectNode json(RpcBench.Report report) {
    ObjectNode line = object().put("seconds", seconds).put("connections", connections);
    line.set("eth_getBalance", json(report.balances()));
    report
        .sent()
        .ifPresent(
            sent ->
                line.set(
                    "eth_sendRawTransaction",
                    json(sent.figures())
                        .put("accepted", sent.accepted())
                        .put("in_blocks", sent.accepted())
                        .put("blocks", sent.blocks())));
    return line;
  }

  private static ObjectNode json(RpcBench.Figures figures) {
    return object()
        .put("per_s", Math.rint(figures.perSecond()))
        .put("p50_ms", figures.p50Millis())
        .put("p99_ms", figures.p99Millis())
        .put("cpu_seconds_per_100k", figures.cpuSecondsPer100k());
  }

  private static URI url(String text) throws CliException {
    try {
      URI url = URI.create(text);
      if ("http".equals(url.getScheme()) && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new CliException("--rpc " + text + " is no address: " + e.getMessage());
    }
    throw new CliException("--rpc " + text, "an address such as http://127.0.0.1:8545");
  }

  private static void check(String flag, int value, int max) throws CliException {
    if (value < 1 || value > max) {
      throw new CliException(flag + " " + value + " is out of range", "1 to " + max);
    }
  }
}
