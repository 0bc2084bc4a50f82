package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.node.BitcloudNode;
import org.bitcloud.node.ProviderNode;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.config.Setting;
import org.bitcloud.node.control.ControlAction;
import org.bitcloud.node.control.ProviderActions;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `provider start`: stores other people's sectors and is paid for it.
@Command(
    name = "start",
    description = "Run a provider with the settings of its folder.",
    footer = {"", "Example:", "  bitcloud provider start --dir /data/p"})
final class ProviderStartVerb extends ProviderVerbs {
  @Option(names = "--rpc", paramLabel = "URL", description = "JSON-RPC of a node")
  @Nullable String rpc;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "keystore of the account that is paid, or node:N on a devnet")
  @Nullable String account;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "its first line opens the keystore")
  @Nullable String passwordFile;

  @Option(names = "--listen", paramLabel = "MULTIADDR", description = "where to listen")
  @Nullable String listen;

  @Mixin final LogFlags log = new LogFlags();

  @Option(names = "--end-with-stdin", hidden = true)
  boolean endWithStdin;

  ProviderStartVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    Flags.put(flags, Setting.LEDGER, rpc);
    Flags.put(flags, Setting.ACCOUNT, account);
    Flags.put(flags, Setting.PASSWORD_FILE, passwordFile);
    Flags.put(flags, Setting.LISTEN, listen);
    log.put(flags);
    NodeConfig config = NodeConfig.load(directory(), cli.environment(), flags);
    String reference =
        config
            .optional(Setting.ACCOUNT)
            .orElseThrow(
                () ->
                    new CliException(
                        "no account is set for this provider",
                        "write its settings with: bitcloud provider init --account NAME"));
    Path password = config.optional(Setting.PASSWORD_FILE).map(Path::of).orElse(null);
    KeyPair key = new Accounts(cli, directory(), password).key(reference);
    Assembly assembly = new Assembly();
    URI url = URI.create(config.text(Setting.LEDGER));
    try (RpcLedger ledger = new RpcLedger(url, Duration.ZERO)) {
      DevnetKeys.guard(key.address(), ledger.network().chainId(), "127.0.0.1");
      ProviderNode node =
          assembly.provider(
              new ProviderNode.ProviderSettings(
                  directory(),
                  config.listen(),
                  config.advertise().orElse(null),
                  config.prices(),
                  config.capacitySectors(),
                  config.funds()),
              () -> new RpcLedger(url, Duration.ZERO),
              key);
      new NodeRun(this, endWithStdin)
          .run(
              new BitcloudNode("provider", List.of(node)),
              "provider",
              config,
              assembly,
              new NodeRun.Described() {
                @Override
                public void describe(ObjectNode json) {
                  json.put("address", key.address().checksum()).put("endpoint", node.endpoint());
                }

                @Override
                public Map<String, ControlAction> actions() {
                  return ProviderActions.of(node, ledger);
                }
              });
    }
  }
}
