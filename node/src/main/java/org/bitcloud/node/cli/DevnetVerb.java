package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bitcloud.node.Logs;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.config.Setting;
import org.bitcloud.node.devnet.Devnet;
import org.bitcloud.node.devnet.DevnetSettings;
import org.bitcloud.node.wiring.Assembly;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `devnet`: a whole network on this machine.
@Command(
    name = "devnet",
    description = "Start a whole network on this machine: validator, providers, gateway.",
    footer = {
      "",
      "Examples:",
      "  bitcloud devnet                                  start, or resume what was there",
      "  bitcloud devnet --dir /tmp/net --rpc-port 0      elsewhere, on a free port",
      "  bitcloud devnet kill provider-2 provider-3       end two providers at once",
      "  bitcloud devnet warp 5                           let five storage windows pass"
    })
final class DevnetVerb extends Verb {
  @Option(
      names = "--rpc-port",
      paramLabel = "P",
      description = "port of JSON-RPC, 0 = a free one (default: 8545)")
  @Nullable Integer rpcPort;

  @Option(
      names = "--gateway-port",
      paramLabel = "P",
      description = "port of the gateway, 0 = a free one (default: 8080)")
  @Nullable Integer gatewayPort;

  @Option(names = "--providers", paramLabel = "N", description = "how many providers (default: 6)")
  @Nullable Integer providers;

  @Option(
      names = "--engine",
      paramLabel = "E",
      description = "consensus engine: dev, poa or pow (default: dev)")
  @Nullable String engine;

  @Option(
      names = "--block-ms",
      paramLabel = "N",
      description =
          "a block every N ms; 0 = when there is a transaction, dev only (default: 0; poa, pow: 1000)")
  @Nullable Long blockMillis;

  @Option(
      names = "--window-ms",
      paramLabel = "N",
      description = "length of a storage window (default: 20000)")
  @Nullable Long windowMillis;

  @Option(names = "--processes", description = "give every node a process of its own")
  boolean processes;

  @Mixin final LogFlags log = new LogFlags();

  DevnetVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    Path where = directory();
    NodeConfig config = NodeConfig.load(where, cli.environment(), flags());
    checkChainFlags();
    DevnetSettings settings =
        new DevnetSettings(
            where,
            config.rpc().port(),
            config.gateway().port(),
            providers == null ? OptionalInt.empty() : OptionalInt.of(providers),
            engine == null ? "" : engine,
            blockMillis == null ? OptionalLong.empty() : OptionalLong.of(blockMillis),
            windowMillis == null ? OptionalLong.empty() : OptionalLong.of(windowMillis),
            processes,
            config);
    NodeRun.requireLoopback(config.rpc().host());
    if (cli.debug()) {
      Logs.toConsole();
    } else {
      Logs.toDirectory(where, config.logFormat(), config.logLevel());
    }
    Devnet devnet = new Devnet(settings, new Assembly());
    if (!json && cli.terminal()) {
      cli.err().println("starting in " + where + " ...");
    }
    Thread stopper = new Thread(devnet::stop, "stop");
    Runtime.getRuntime().addShutdownHook(stopper);
    devnet.start();
    announce(devnet.describe(), where);
    String halted = devnet.awaitEnd();
    devnet.stop();
    if (!halted.isEmpty()) {
      throw new CliException("the validator halted: " + halted, "see " + where + "/logs/node.log");
    }
  }

  private Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    if (rpcPort != null) {
      flags.put(Setting.RPC_PORT, rpcPort.toString());
    }
    if (gatewayPort != null) {
      flags.put(Setting.GATEWAY_PORT, gatewayPort.toString());
    }
    log.put(flags);
    return flags;
  }

  private void checkChainFlags() throws CliException {
    if (engine != null && !engine.matches("dev|poa|pow")) {
      throw new CliException("--engine must be dev, poa or pow, not " + engine);
    }
    if (blockMillis != null && (blockMillis < 0 || blockMillis > 3_600_000)) {
      throw new CliException("--block-ms must be 0 to 3600000, not " + blockMillis);
    }
    if (windowMillis != null && (windowMillis < 80 || windowMillis > 604_800_000L)) {
      throw new CliException("--window-ms must be 80 to 604800000, not " + windowMillis);
    }
  }

  private void announce(JsonNode ready, Path where) {
    if (json) {
      print(ready);
      cli.out().flush();
      return;
    }
    boolean usual = where.equals(cli.home().resolve("devnet"));
    String dir = usual ? "" : " --dir " + where;
    say("Bitcloud devnet (chain %d) is ready in %s", ready.path("chainId").asLong(), where);
    say("");
    say(
        "Accounts, funded; commands use number 0 (seed phrase: %s)",
        ready.path("mnemonic").asText());
    int index = 0;
    for (JsonNode account : ready.path("accounts")) {
      say("  %d  %s", index++, account.asText());
    }
    say("");
    say("JSON-RPC  %s  and  %s", ready.path("rpc").asText(), ready.path("ws").asText());
    say("Gateway   %s", ready.path("gateway").asText());
    for (JsonNode node : ready.path("nodes")) {
      String at = node.path("endpoint").asText(node.path("rpc").asText(node.path("url").asText()));
      say("  %-12s process %-8d %s", node.path("id").asText(), node.path("pid").asLong(), at);
    }
    say("");
    say("Try in another terminal:");
    say("  ./bitcloud storage put video.mp4%s", dir);
    say("  ./bitcloud storage contracts%s", dir);
    say("  ./bitcloud devnet kill provider-2 provider-3%s", dir);
    say("  ./bitcloud wallet history%s", dir);
    say("Ctrl-C stops everything; the same command resumes it.");
    cli.out().flush();
  }
}
