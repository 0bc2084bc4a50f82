package org.bitcloud.node.devnet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.GatewayNode;
import org.bitcloud.node.LedgerNode;
import org.bitcloud.node.ProviderNode;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.control.ControlAction;
import org.bitcloud.node.control.LedgerActions;
import org.bitcloud.node.control.ProviderActions;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.primitives.crypto.KeyPair;

/// Opens the nodes of a devnet inside of its process; they share the validator's ledger.
final class LocalNodes {
  private final Assembly assembly;
  private final SharedLedger ledger = new SharedLedger();

  LocalNodes(Assembly assembly) {
    this.assembly = assembly;
  }

  /// The validator; `rpcPort` is asked for at each start.
  LocalNode.Running validator(
      Path directory, Genesis genesis, HttpSettings rpc, NodeConfig config, Consumer<String> onHalt)
      throws ServiceException, ConfigException {
    LedgerNode node =
        assembly.ledger(
            new LedgerNode.LedgerSettings(
                directory.resolve("db"),
                genesis,
                rpc,
                config.databaseBytes(),
                config.minerThreads(),
                config.poolJournal(),
                config.metrics(),
                config.history()),
            Optional.of(DevnetKeys.node(0)),
            onHalt);
    node.start();
    ledger.attach(node.directLedger());
    return new LocalNode.Running() {
      @Override
      public void stop() {
        ledger.detach();
        node.stop();
      }

      @Override
      public void abort() {
        stop(); // a database inside of a living process can only be closed
      }

      @Override
      public Map<String, ControlAction> actions() {
        return LedgerActions.of(node);
      }

      @Override
      public void describe(ObjectNode json) {
        describeLedger(json, node, DevnetKeys.node(0));
      }
    };
  }

  /// Adds what a ledger node tells of itself.
  static void describeLedger(ObjectNode json, LedgerNode node, KeyPair key) {
    json.put("rpc", "http://127.0.0.1:" + node.rpcPort())
        .put("port", node.rpcPort())
        .put("address", key.address().checksum());
  }

  /// A provider; `index` from 1 on chooses its key.
  LocalNode.Running provider(Path directory, int index, NodeConfig config)
      throws ServiceException, ConfigException {
    KeyPair key = DevnetKeys.node(index);
    ProviderNode node = assembly.provider(settings(directory, config), () -> ledger, key);
    node.start();
    return new LocalNode.Running() {
      @Override
      public void stop() {
        node.stop();
      }

      @Override
      public void abort() {
        node.abort();
      }

      @Override
      public Map<String, ControlAction> actions() {
        return ProviderActions.of(node, ledger);
      }

      @Override
      public void describe(ObjectNode json) {
        describeProvider(json, node);
      }
    };
  }

  /// A provider's settings out of its configuration.
  static ProviderNode.ProviderSettings settings(Path directory, NodeConfig config)
      throws ConfigException {
    return new ProviderNode.ProviderSettings(
        directory,
        config.listen(),
        config.advertise().orElse(null),
        config.prices(),
        config.capacitySectors(),
        config.funds());
  }

  private static void describeProvider(ObjectNode json, ProviderNode node) {
    json.put("address", node.provider().address().checksum()).put("endpoint", node.endpoint());
  }

  /// The gateway.
  LocalNode.Running gateway(HttpSettings http) throws ServiceException {
    GatewayNode node = assembly.gateway(http, () -> ledger);
    node.start();
    return new LocalNode.Running() {
      @Override
      public void stop() {
        node.stop();
      }

      @Override
      public void abort() {
        node.stop();
      }

      @Override
      public Map<String, ControlAction> actions() {
        return Map.of("status", _ -> JsonNodeFactory.instance.objectNode().put("role", "gateway"));
      }

      @Override
      public void describe(ObjectNode json) {
        json.put("url", "http://127.0.0.1:" + node.port()).put("port", node.port());
      }
    };
  }
}
