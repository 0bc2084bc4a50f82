package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.BitcloudNode;
import org.bitcloud.node.LedgerNode;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.config.Setting;
import org.bitcloud.node.control.ControlAction;
import org.bitcloud.node.control.LedgerActions;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `node`: keeps the chain and serves JSON-RPC.
@Command(
    name = "node",
    description = "Run a node that keeps the chain and serves JSON-RPC.",
    footer = {
      "",
      "Settings come from DIR/config.json, BITCLOUD_... variables and flags; the last one wins.",
      "Example:",
      "  bitcloud node --dir ~/.bitcloud/node --genesis genesis.json --account validator"
    })
final class NodeVerb extends Verb {
  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "the network's genesis file (default: DIR/genesis.json, else the devnet's)")
  @Nullable String genesis;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "keystore of the validator's key; without it the node only follows")
  @Nullable String account;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "its first line opens the keystore")
  @Nullable String passwordFile;

  @Option(
      names = "--rpc-host",
      paramLabel = "HOST",
      description = "address of JSON-RPC (default: 127.0.0.1)")
  @Nullable String rpcHost;

  @Option(
      names = "--rpc-port",
      paramLabel = "P",
      description = "port of JSON-RPC, 0 = a free one (default: 8545)")
  @Nullable Integer rpcPort;

  @Option(
      names = "--metrics",
      paramLabel = "on|off",
      description = "serve /metrics beside JSON-RPC (default: on)")
  @Nullable String metrics;

  @Option(
      names = "--prune",
      paramLabel = "N",
      description = "keep only the last N blocks, their receipts and states (at least 1024)")
  @Nullable Long prune;

  @Option(names = "--archive", description = "keep the state after every block from now on")
  boolean archive;

  @Mixin final LogFlags log = new LogFlags();

  @Option(names = "--end-with-stdin", hidden = true)
  boolean endWithStdin;

  NodeVerb(Cli cli) {
    super(cli);
  }

  @Override
  Path directory() {
    return directoryOr("node");
  }

  @Override
  void run() throws Exception {
    NodeConfig config = NodeConfig.load(directory(), cli.environment(), flags());
    Genesis network = ChainFolder.genesis(directory(), config);
    Optional<KeyPair> key = key(config);
    if (key.isPresent()) {
      DevnetKeys.guard(key.get().address(), network.chainId(), config.rpc().host());
    }
    Assembly assembly = new Assembly();
    NodeRun run = new NodeRun(this, endWithStdin);
    LedgerNode ledger =
        assembly.ledger(
            new LedgerNode.LedgerSettings(
                directory().resolve("db"),
                network,
                config.rpc(),
                config.databaseBytes(),
                config.minerThreads(),
                config.poolJournal(),
                config.metrics(),
                config.history()),
            key,
            run::halt);
    run.run(
        new BitcloudNode("node", List.of(ledger)),
        "validator",
        config,
        assembly,
        new NodeRun.Described() {
          @Override
          public void describe(ObjectNode json) {
            json.put("chainId", network.chainId())
                .put("rpc", "http://" + config.text(Setting.RPC_HOST) + ":" + ledger.rpcPort())
                .put("port", ledger.rpcPort());
            key.ifPresent(own -> json.put("address", own.address().checksum()));
          }

          @Override
          public Map<String, ControlAction> actions() {
            return LedgerActions.of(ledger);
          }
        });
  }

  private Optional<KeyPair> key(NodeConfig config) throws Exception {
    Optional<String> reference = config.optional(Setting.ACCOUNT);
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    Path password = config.optional(Setting.PASSWORD_FILE).map(Path::of).orElse(null);
    return Optional.of(new Accounts(cli, directory(), password).key(reference.get()));
  }

  private Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    Flags.put(flags, Setting.GENESIS, genesis);
    Flags.put(flags, Setting.ACCOUNT, account);
    Flags.put(flags, Setting.PASSWORD_FILE, passwordFile);
    Flags.put(flags, Setting.RPC_HOST, rpcHost);
    Flags.put(flags, Setting.RPC_PORT, rpcPort);
    Flags.put(flags, Setting.METRICS, metrics);
    log.put(flags);
    Flags.put(flags, Setting.PRUNE, prune);
    Flags.put(flags, Setting.ARCHIVE, archive ? "on" : null);
    return flags;
  }
}
