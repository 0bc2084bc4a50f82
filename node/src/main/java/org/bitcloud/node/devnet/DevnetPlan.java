package org.bitcloud.node.devnet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.config.Setting;
import org.bitcloud.node.control.ControlAction;
import org.bitcloud.node.control.ControlServer;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.node.wiring.Assembly;

/// Which nodes a devnet has and how each is started, here or in a process of its own.
final class DevnetPlan {
  private static final String VALIDATOR = "validator";
  private static final String GATEWAY = "gateway";

  private final DevnetSettings settings;
  private final Assembly assembly;
  private final Genesis genesis;
  private final Consumer<String> onHalt;
  // A port that was picked once is kept, so that a restart is found where the first start was.
  private final AtomicInteger rpcPort;
  private final AtomicInteger gatewayPort;

  DevnetPlan(DevnetSettings settings, Assembly assembly, Genesis genesis, Consumer<String> onHalt) {
    this.settings = settings;
    this.assembly = assembly;
    this.genesis = genesis;
    this.onHalt = onHalt;
    this.rpcPort = new AtomicInteger(settings.rpcPort());
    this.gatewayPort = new AtomicInteger(settings.gatewayPort());
  }

  /// The nodes, validator first, gateway last; none is started.
  List<DevnetNode> nodes(Map<String, ControlAction> actions, ControlServer server)
      throws ServiceException {
    int providers = providers();
    return settings.processes()
        ? children(providers)
        : local(providers, new LocalNode.LocalControl(actions, server.url(), server.token()));
  }

  private int providers() throws ServiceException {
    int existing = existingProviders();
    int wanted =
        settings.providers().orElse(existing > 0 ? existing : DevnetSettings.PROVIDERS_DEFAULT);
    if (wanted < 1 || wanted > DevnetSettings.PROVIDERS_MAX) {
      throw new ServiceException(
          "--providers %d: a devnet has 1 to %d".formatted(wanted, DevnetSettings.PROVIDERS_MAX));
    }
    if (wanted < existing) {
      throw new ServiceException(
          "--providers %d: the devnet in %s has %d, and their files would be out of reach (choose another --dir, or delete this one to begin anew)"
              .formatted(wanted, settings.directory(), existing));
    }
    return wanted;
  }

  private int existingProviders() throws ServiceException {
    int count = 0;
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(settings.directory(), "provider-*")) {
      for (Path _ : found) {
        count++;
      }
    } catch (IOException e) {
      throw new ServiceException("cannot list " + settings.directory() + ": " + e.getMessage(), e);
    }
    return count;
  }

  private List<DevnetNode> local(int providers, LocalNode.LocalControl control) {
    LocalNodes opener = new LocalNodes(assembly);
    NodeConfig config = settings.config();
    List<DevnetNode> nodes = new ArrayList<>();
    nodes.add(
        node(
            VALIDATOR,
            VALIDATOR,
            directory ->
                keepingPort(
                    opener.validator(directory, genesis, loopback(rpcPort.get()), config, onHalt),
                    rpcPort),
            control));
    for (int i = 1; i <= providers; i++) {
      int index = i;
      nodes.add(
          node(
              "provider-" + i,
              "provider",
              directory -> opener.provider(directory, index, config),
              control));
    }
    nodes.add(
        node(
            GATEWAY,
            GATEWAY,
            _ -> keepingPort(opener.gateway(loopback(gatewayPort.get())), gatewayPort),
            control));
    return nodes;
  }

  private interface DirectoryOpener {
    LocalNode.Running open(Path directory) throws ServiceException, ConfigException;
  }

  private LocalNode node(
      String id, String role, DirectoryOpener opener, LocalNode.LocalControl control) {
    Path directory = Devnet.directory(settings.directory(), id);
    return new LocalNode(
        id,
        role,
        directory,
        () -> {
          try {
            return opener.open(directory);
          } catch (ConfigException e) {
            throw new ServiceException(String.valueOf(e.getMessage()), e);
          }
        },
        control);
  }

  private static LocalNode.Running keepingPort(LocalNode.Running running, AtomicInteger port) {
    var json = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    running.describe(json);
    port.set(json.path("port").asInt());
    return running;
  }

  private static HttpSettings loopback(int port) {
    return HttpSettings.loopback(port);
  }

  private List<DevnetNode> children(int providers) {
    List<DevnetNode> nodes = new ArrayList<>();
    ChildNode validator =
        child(
            VALIDATOR,
            VALIDATOR,
            List.of(
                "node",
                "--genesis",
                DevnetGenesis.file(settings.directory()).toString(),
                "--account",
                "node:0"),
            Setting.RPC_PORT,
            rpcPort);
    nodes.add(validator);
    for (int i = 1; i <= providers; i++) {
      nodes.add(
          child(
              "provider-" + i,
              "provider",
              List.of("provider", "start", "--account", "node:" + i),
              null,
              rpcPort));
    }
    nodes.add(child(GATEWAY, GATEWAY, List.of(GATEWAY), Setting.GATEWAY_PORT, gatewayPort));
    return nodes;
  }

  private ChildNode child(
      String id,
      String role,
      List<String> verb,
      @org.jspecify.annotations.Nullable Setting portSetting,
      AtomicInteger port) {
    Path directory = Devnet.directory(settings.directory(), id);
    return new ChildNode(
        id,
        role,
        directory,
        () -> {
          List<String> arguments = new ArrayList<>(verb);
          arguments.addAll(List.of("--dir", directory.toString(), "--json", "--end-with-stdin"));
          if (portSetting != null) {
            arguments.addAll(List.of(portSetting.flag(), Integer.toString(port.get())));
          }
          if (!role.equals(VALIDATOR)) {
            arguments.addAll(List.of("--rpc", "http://127.0.0.1:" + rpcPort.get()));
          }
          for (Setting setting : List.of(Setting.LOG_FORMAT, Setting.LOG_LEVEL)) {
            if (settings.config().origin(setting).equals(setting.flag())) {
              arguments.addAll(List.of(setting.flag(), settings.config().text(setting)));
            }
          }
          return JavaCommand.of(arguments);
        },
        portSetting == null ? null : port);
  }
}
