package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.node.BitcloudNode;
import org.bitcloud.node.GatewayNode;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.config.Setting;
import org.bitcloud.node.control.ControlAction;
import org.bitcloud.node.wiring.Assembly;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gateway`: serves stored objects over HTTP.
@Command(
    name = "gateway",
    description = "Run a gateway: stored objects over HTTP, for browsers.",
    footer = {"", "Example:", "  bitcloud gateway --rpc http://127.0.0.1:8545 --gateway-port 8081"})
final class GatewayVerb extends Verb {
  @Option(
      names = "--rpc",
      paramLabel = "URL",
      description = "JSON-RPC of a node (default: http://127.0.0.1:8545)")
  @Nullable String rpc;

  @Option(
      names = "--gateway-host",
      paramLabel = "HOST",
      description = "address to listen on (default: 127.0.0.1)")
  @Nullable String host;

  @Option(
      names = "--gateway-port",
      paramLabel = "P",
      description = "port, 0 = a free one (default: 8080)")
  @Nullable Integer port;

  @Mixin final LogFlags log = new LogFlags();

  @Option(names = "--end-with-stdin", hidden = true)
  boolean endWithStdin;

  GatewayVerb(Cli cli) {
    super(cli);
  }

  @Override
  Path directory() {
    return directory != null ? super.directory() : cli.home().resolve("gateway");
  }

  @Override
  void run() throws Exception {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    Flags.put(flags, Setting.LEDGER, rpc);
    Flags.put(flags, Setting.GATEWAY_HOST, host);
    Flags.put(flags, Setting.GATEWAY_PORT, port);
    log.put(flags);
    NodeConfig config = NodeConfig.load(directory(), cli.environment(), flags);
    Assembly assembly = new Assembly();
    URI ledger = URI.create(config.text(Setting.LEDGER));
    GatewayNode gateway =
        assembly.gateway(config.gateway(), () -> new RpcLedger(ledger, Duration.ZERO));
    new NodeRun(this, endWithStdin)
        .run(
            new BitcloudNode("gateway", List.of(gateway)),
            "gateway",
            config,
            assembly,
            new NodeRun.Described() {
              @Override
              public void describe(ObjectNode json) {
                json.put(
                        "url", "http://" + config.text(Setting.GATEWAY_HOST) + ":" + gateway.port())
                    .put("port", gateway.port());
              }

              @Override
              public Map<String, ControlAction> actions() {
                return Map.of("status", _ -> object().put("role", "gateway"));
              }
            });
  }
}
