package org.bitcloud.node.devnet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.control.ControlAction;
import org.bitcloud.node.control.ControlFile;
import org.jspecify.annotations.Nullable;

/// A node inside of the devnet's process.
final class LocalNode implements DevnetNode {
  private static final String FILE = "node.json";

  private final String id;
  private final String role;
  private final Path directory;
  private final Opener opener;
  private final LocalControl control;
  private volatile @Nullable Running running;
  private @Nullable DataDirectory lock;

  /// A node that is open.
  interface Running {
    /// Closes it in order.
    void stop();

    /// Cuts its connections, then closes it.
    void abort();

    /// What commands may ask of it.
    Map<String, ControlAction> actions();

    /// Adds its addresses.
    void describe(ObjectNode json);
  }

  /// Opens the node in its directory.
  @FunctionalInterface
  interface Opener {
    Running open() throws ServiceException;
  }

  /// Where the devnet serves actions.
  ///
  /// @param actions all actions of the process by path
  /// @param url address of the control port
  /// @param token what callers show
  record LocalControl(Map<String, ControlAction> actions, String url, String token) {}

  LocalNode(String id, String role, Path directory, Opener opener, LocalControl control) {
    this.id = id;
    this.role = role;
    this.directory = directory;
    this.opener = opener;
    this.control = control;
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
    return running != null;
  }

  @Override
  public void start() throws ServiceException {
    if (running != null) {
      return;
    }
    DataDirectory locked = DataDirectory.open(directory);
    try {
      Running opened = opener.open();
      lock = locked;
      running = opened;
      opened.actions().forEach((name, action) -> control.actions().put(prefix() + name, action));
      ObjectNode file = describe();
      file.put("control", control.url() + "/nodes/" + id).put("token", control.token());
      ControlFile.write(directory.resolve(FILE), file);
    } catch (ServiceException e) {
      locked.close();
      throw e;
    } catch (IOException e) {
      stop();
      throw new ServiceException("cannot write to " + directory + ": " + e.getMessage(), e);
    }
  }

  private String prefix() {
    return "nodes/" + id + "/";
  }

  @Override
  public void stop() {
    end(false);
  }

  @Override
  public void kill() {
    end(true);
  }

  private void end(boolean abruptly) {
    Running open = running;
    if (open == null) {
      return;
    }
    running = null;
    control.actions().keySet().removeIf(path -> path.startsWith(prefix()));
    if (abruptly) {
      open.abort();
    } else {
      open.stop();
    }
    ControlFile.remove(directory.resolve(FILE));
    DataDirectory locked = lock;
    if (locked != null) {
      locked.close();
      lock = null;
    }
  }

  @Override
  public ObjectNode describe() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("role", role)
            .put("id", id)
            .put("running", isRunning())
            .put("pid", ProcessHandle.current().pid())
            .put("dir", directory.toString());
    Running open = running;
    if (open != null) {
      open.describe(json);
    }
    return json;
  }
}
