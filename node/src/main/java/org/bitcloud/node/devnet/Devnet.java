package org.bitcloud.node.devnet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.Service;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.config.StrictObject;
import org.bitcloud.node.control.ControlAction;
import org.bitcloud.node.control.ControlException;
import org.bitcloud.node.control.ControlFile;
import org.bitcloud.node.control.ControlServer;
import org.bitcloud.node.wiring.Assembly;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole network on this machine: it starts the nodes, ends and restarts them on request, and
/// stops them in order. It is ready when a `put` would succeed.
public final class Devnet implements Service {
  /// The file by which commands find a devnet.
  public static final String FILE = "devnet.json";

  private static final Logger LOG = LoggerFactory.getLogger(Devnet.class);

  private final DevnetSettings settings;
  private final Assembly assembly;
  private final Map<String, DevnetNode> nodes = new LinkedHashMap<>();
  private final Map<String, ControlAction> actions = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private volatile @Nullable Thread starter;
  private @Nullable DataDirectory lock;
  private @Nullable ControlServer control;

  /// A devnet that is not started yet.
  public Devnet(DevnetSettings settings, Assembly assembly) {
    this.settings = settings;
    this.assembly = assembly;
  }

  @Override
  public String name() {
    return "devnet";
  }

  @Override
  public void start() throws ServiceException {
    starter = Thread.currentThread();
    try {
      open();
    } finally {
      starter = null;
    }
  }

  private synchronized void open() throws ServiceException {
    lock = DataDirectory.open(settings.directory());
    try {
      Genesis genesis = DevnetGenesis.prepare(settings, assembly.clock());
      actions.put("status", _ -> describe());
      actions.put("kill", request -> each(request, wanted -> all(wanted, DevnetNode::kill)));
      actions.put("stop", request -> each(request, wanted -> all(wanted, DevnetNode::stop)));
      actions.put("start", request -> each(request, Devnet::begin));
      actions.put("shutdown", _ -> shutdown());
      ControlServer server = ControlServer.start(actions, assembly.random());
      control = server;
      new DevnetPlan(settings, assembly, genesis, this::halted)
          .nodes(actions, server)
          .forEach(node -> nodes.put(node.id(), node));
      begin(nodes.values());
      writeFile(server);
    } catch (ConfigException e) {
      close();
      throw new ServiceException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      close();
      throw new ServiceException("devnet: " + e.getMessage(), e);
    } catch (ServiceException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Starts the validator first, then all others at once: they wait for its blocks, not for each
  /// other.
  private static void begin(Collection<DevnetNode> nodes) throws ServiceException {
    all(nodes.stream().filter(Devnet::isValidator).toList(), DevnetNode::start);
    all(nodes.stream().filter(node -> !isValidator(node)).toList(), DevnetNode::start);
  }

  private static boolean isValidator(DevnetNode node) {
    return node.role().equals("validator");
  }

  /// Acts on several nodes at once; waits for all of them.
  private static void all(List<DevnetNode> nodes, NodeAct act) throws ServiceException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> acts = new ArrayList<>();
      for (DevnetNode node : nodes) {
        acts.add(
            threads.submit(
                () -> {
                  act.on(node);
                  LOG.info("{} is {}", node.id(), node.isRunning() ? "running" : "not running");
                  return node;
                }));
      }
      for (Future<?> each : acts) {
        Object _ = each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ServiceException cause) {
        throw cause;
      }
      throw new ServiceException("a node failed: " + e.getCause(), e);
    }
  }

  private void writeFile(ControlServer server) throws IOException {
    ObjectNode file = describe();
    file.put("control", server.url()).put("token", server.token());
    ControlFile.write(settings.directory().resolve(FILE), file);
  }

  /// What the ready line says.
  public synchronized ObjectNode describe() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ready", true).put("chainId", DevnetKeys.CHAIN_ID);
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (DevnetNode node : nodes.values()) {
      ObjectNode each = node.describe();
      list.add(each);
      switch (node.role()) {
        case "validator" -> {
          String rpc = each.path("rpc").asText();
          json.put("rpc", rpc).put("ws", rpc.replaceFirst("^http", "ws"));
        }
        case "gateway" -> json.put("gateway", each.path("url").asText());
        default -> {}
      }
    }
    json.put("mnemonic", DevnetKeys.MNEMONIC);
    ArrayNode accounts = json.putArray("accounts");
    DevnetKeys.users().forEach(account -> accounts.add(account.checksum()));
    json.put("pid", ProcessHandle.current().pid()).put("dir", settings.directory().toString());
    json.set("nodes", list);
    return json;
  }

  private interface NodeAct {
    void on(DevnetNode node) throws ServiceException;
  }

  private interface NodesAct {
    void on(List<DevnetNode> nodes) throws ServiceException;
  }

  private synchronized ObjectNode each(ObjectNode request, NodesAct act) throws ControlException {
    List<DevnetNode> wanted = new ArrayList<>();
    for (var name : request.path("nodes")) {
      DevnetNode node = nodes.get(name.asText());
      if (node == null) {
        throw new ControlException(
            "no node \"%s\"%s (nodes: %s)"
                .formatted(
                    name.asText(),
                    StrictObject.suggestion(name.asText(), nodes.keySet()),
                    String.join(", ", nodes.keySet())));
      }
      wanted.add(node);
    }
    try {
      act.on(wanted);
    } catch (ServiceException e) {
      throw new ControlException(String.valueOf(e.getMessage()), e);
    }
    ControlServer server = control;
    if (server != null) {
      try {
        writeFile(server);
      } catch (IOException e) {
        throw new ControlException("cannot write " + FILE + ": " + e.getMessage(), e);
      }
    }
    return describe();
  }

  private ObjectNode shutdown() {
    over.countDown();
    return JsonNodeFactory.instance.objectNode().put("stopping", true);
  }

  private void halted(String why) {
    failure.compareAndSet("", why);
    over.countDown();
  }

  /// Waits until the devnet is told to stop, or its validator halts.
  ///
  /// @return why the validator halted, empty where it did not
  public String awaitEnd() throws InterruptedException {
    over.await();
    return failure.get();
  }

  /// Stops all nodes, the validator last; a start that is under way is broken off.
  @Override
  public void stop() {
    Thread starting = starter;
    if (starting != null && !starting.equals(Thread.currentThread())) {
      starting.interrupt();
    }
    close();
  }

  private synchronized void close() {
    over.countDown();
    DataDirectory locked = lock;
    if (locked == null) {
      return; // never started: what is in the directory belongs to another process
    }
    ControlFile.remove(settings.directory().resolve(FILE));
    List<DevnetNode> order = new ArrayList<>(nodes.values()).reversed();
    // All but the validator at once: each may wait for its own connections.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (DevnetNode node : order) {
        if (!isValidator(node)) {
          var _ = threads.submit(() -> stop(node));
        }
      }
    }
    order.stream().filter(Devnet::isValidator).forEach(Devnet::stop);
    ControlServer server = control;
    if (server != null) {
      server.close();
      control = null;
    }
    locked.close();
    lock = null;
  }

  private static void stop(DevnetNode node) {
    try {
      node.stop();
    } catch (RuntimeException e) { // the others must be stopped all the same
      LOG.error("{} did not stop cleanly", node.id(), e);
    }
  }

  /// The directory of a part of a devnet.
  static Path directory(Path devnet, String id) {
    return devnet.resolve(id);
  }
}
