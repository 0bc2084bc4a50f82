package org.bitcloud.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The environment failed a store: its disk, its directory or another process. The message says
/// what happened and what to do about it.
public class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Kind kind;

  /// A failure that a store reports.
  StoreException(Kind kind, String what, @Nullable Throwable cause) {
    super(kind.remedy.isEmpty() ? what : what + ". " + kind.remedy, cause);
    this.kind = kind;
  }

  /// What sort of failure it is, and what an operator can do.
  public enum Kind {
    /// Another store, in this process or another, has the same directory open.
    IN_USE(
        "Only one process may use a data directory: stop the other one or choose another"
            + " directory"),
    /// Stored bytes fail their check or are missing.
    CORRUPT(
        "Stop here, keep a copy of the directory, check the disk, and restore a backup or delete"
            + " the directory to build it anew from the network"),
    /// There is no room left.
    DISK_FULL("Free some space or move the data directory; nothing written before is lost"),
    /// The directory cannot be made, read or written.
    ACCESS("Check the path, its owner and its permissions"),
    /// The store was closed before or during the call.
    CLOSED(""),
    /// Anything else that the operating system or the database reports.
    FAILED("See the cause; nothing written before is lost");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }

    /// What to do about it, one sentence for a person; empty if nothing can be done.
    public String remedy() {
      return remedy;
    }
  }

  /// What sort of failure it is.
  public Kind kind() {
    return kind;
  }
}
