package org.bitcloud.node.devnet;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bitcloud.node.ServiceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node in a process of its own. It ends with the devnet: its standard input closes.
final class ChildNode implements DevnetNode {
  private static final Logger LOG = LoggerFactory.getLogger(ChildNode.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long STOP_SECONDS = 15;

  private final String id;
  private final String role;
  private final Path directory;
  private final Supplier<List<String>> command;
  private final @Nullable AtomicInteger port;
  private volatile @Nullable Process process;
  private volatile JsonNode ready = JsonNodeFactory.instance.objectNode();

  /// A node that is started by a command, which prints one JSON object as soon as it serves.
  ///
  /// @param command asked for at every start
  /// @param port keeps the port that the process says, null where it has none to keep
  ChildNode(
      String id,
      String role,
      Path directory,
      Supplier<List<String>> command,
      @Nullable AtomicInteger port) {
    this.id = id;
    this.role = role;
    this.directory = directory;
    this.command = command;
    this.port = port;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String role() {
    return role;
  }

  @Override
  public boolean isRunning() {
    Process current = process;
    return current != null && current.isAlive();
  }

  @Override
  public void start() throws ServiceException {
    if (isRunning()) {
      return;
    }
    Path errors = directory.resolve("logs").resolve("stderr.log");
    Process started;
    try {
      Files.createDirectories(errors.getParent());
      started = new ProcessBuilder(command.get()).redirectError(errors.toFile()).start();
    } catch (IOException e) {
      throw new ServiceException("cannot start " + id + ": " + e.getMessage(), e);
    }
    process = started;
    ready = awaitReady(started, errors);
    if (port != null) {
      port.set(ready.path("port").asInt());
    }
    var _ =
        started
            .onExit()
            .thenAccept(
                ended ->
                    LOG.warn("{} (process {}) ended with {}", id, ended.pid(), ended.exitValue()));
  }

  private JsonNode awaitReady(Process started, Path errors) throws ServiceException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    try {
      String line = lines.readLine();
      if (line != null) {
        return JSON.readTree(line);
      }
      started.waitFor();
      throw new ServiceException(id + ": " + reason(errors, started.exitValue()));
    } catch (JacksonException e) {
      started.destroyForcibly();
      throw new ServiceException(id + " did not say that it is ready", e);
    } catch (IOException e) {
      started.destroyForcibly();
      throw new ServiceException("cannot read from " + id + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      started.destroyForcibly();
      throw new ServiceException("interrupted while " + id + " was starting", e);
    }
  }

  private static String reason(Path errors, int status) {
    try {
      String text = Files.readString(errors).strip();
      int from = text.lastIndexOf("error: ");
      if (from >= 0) {
        return text.substring(from + "error: ".length());
      }
    } catch (IOException e) {
      LOG.debug("no reason in {}", errors, e);
    }
    return "ended with " + status + " before it was ready (see " + errors + ")";
  }

  @Override
  public void stop() {
    Process current = process;
    if (current == null) {
      return;
    }
    current.destroy();
    try {
      if (!current.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("{} does not stop in {} s and is killed", id, STOP_SECONDS);
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  @Override
  public void kill() {
    Process current = process;
    if (current == null) {
      return;
    }
    current.destroyForcibly();
    try {
      boolean _ = current.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public ObjectNode describe() {
    Process current = process;
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("role", role)
            .put("id", id)
            .put("running", isRunning())
            .put("pid", current == null ? 0 : current.pid())
            .put("dir", directory.toString());
    ready
        .properties()
        .forEach(
            entry -> {
              if (!json.has(entry.getKey()) && !entry.getKey().equals("ready")) {
                json.set(entry.getKey(), entry.getValue());
              }
            });
    return json;
  }
}
