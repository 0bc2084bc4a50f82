package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.bitcloud.node.BitcloudNode;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.Logs;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.control.ControlAction;
import org.bitcloud.node.control.ControlFile;
import org.bitcloud.node.control.ControlServer;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.wiring.Assembly;

/// Runs one node in the foreground until it is told to stop.
final class NodeRun {
  private final Verb verb;
  private final boolean endWithStdin;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<String> halted = new AtomicReference<>("");

  /// @param endWithStdin whether the end of standard input stops the node, as a supervisor wants
  NodeRun(Verb verb, boolean endWithStdin) {
    this.verb = verb;
    this.endWithStdin = endWithStdin;
  }

  /// What a node tells once it runs.
  interface Described {
    /// Adds its addresses.
    void describe(ObjectNode json);

    /// What commands may ask of it.
    Map<String, ControlAction> actions() throws ServiceException;
  }

  /// Refuses to serve devnet keys beyond this machine.
  static void requireLoopback(String host) throws CliException {
    if (!DevnetKeys.isLoopback(host)) {
      throw new CliException(
          "JSON-RPC on " + host + ": everybody knows the keys of a devnet",
          "keep it on 127.0.0.1, or run a network of your own with: bitcloud node --genesis FILE");
    }
  }

  /// Stops the node from another thread, as it does no work any more.
  ///
  /// @param why for the operator
  void halt(String why) {
    halted.compareAndSet("", why);
    over.countDown();
  }

  /// Starts the node, says so, waits, stops it.
  ///
  /// @throws ServiceException where it cannot start, or has halted by itself
  void run(BitcloudNode node, String role, NodeConfig config, Assembly assembly, Described about)
      throws ServiceException, ConfigException, IOException, InterruptedException {
    Path directory = verb.directory();
    if (verb.cli.debug()) {
      Logs.toConsole();
    } else {
      Logs.toDirectory(directory, config.logFormat(), config.logLevel());
    }
    try (DataDirectory _ = DataDirectory.open(directory)) {
      Thread stopper = new Thread(node::stop, "stop");
      Runtime.getRuntime().addShutdownHook(stopper);
      node.start();
      Path file = directory.resolve("node.json");
      try (ControlServer control = ControlServer.start(about.actions(), assembly.random())) {
        ObjectNode ready =
            Verb.object()
                .put("ready", true)
                .put("role", role)
                .put("pid", ProcessHandle.current().pid())
                .put("dir", directory.toString());
        about.describe(ready);
        ObjectNode content = ready.deepCopy();
        content.put("control", control.url()).put("token", control.token());
        ControlFile.write(file, content);
        announce(ready, role);
        if (endWithStdin) {
          watchInput(verb.cli.in());
        }
        over.await();
      } finally {
        ControlFile.remove(file);
        node.stop();
      }
    }
    if (!halted.get().isEmpty()) {
      throw new ServiceException(
          "the node halted: %s (see %s/logs/node.log)".formatted(halted.get(), directory));
    }
  }

  private void announce(ObjectNode ready, String role) {
    if (verb.json) {
      verb.print(ready);
    } else {
      verb.say("%s is ready", role);
      ready
          .properties()
          .forEach(
              entry -> {
                if (!entry.getKey().equals("ready")) {
                  verb.say("  %-10s %s", entry.getKey(), entry.getValue().asText());
                }
              });
    }
    verb.cli.out().flush();
  }

  private void watchInput(InputStream in) {
    Thread _ =
        Thread.ofPlatform()
            .name("stdin")
            .daemon()
            .start(
                () -> {
                  try {
                    int read = in.read();
                    while (read >= 0) {
                      read = in.read();
                    }
                  } catch (IOException e) {
                    // The pipe broke, which means the same as its end.
                    org.slf4j.LoggerFactory.getLogger(NodeRun.class).info("stdin is gone", e);
                  }
                  over.countDown();
                });
  }
}
