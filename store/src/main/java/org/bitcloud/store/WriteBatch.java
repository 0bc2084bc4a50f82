package org.bitcloud.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bitcloud.primitives.Bytes;

/// Changes that a store applies all or not at all, in the order given: later ones win.
///
/// Written at most once. Belongs to one thread.
public final class WriteBatch {
  // Of the log's entry beside its key and value: a kind, a column and two sizes.
  private static final int OPERATION_BYTES = 16;

  private final List<Operation> operations = new ArrayList<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private long bytes = OPERATION_BYTES;
  private boolean written;

  /// No changes yet.
  public WriteBatch() {}

  sealed interface Operation {
    Column column();

    /// Bytes of all keys and values.
    int size();
  }

  record Put(Column column, Bytes key, Bytes value) implements Operation {
    @Override
    public int size() {
      return key.size() + value.size();
    }
  }

  record Delete(Column column, Bytes key) implements Operation {
    @Override
    public int size() {
      return key.size();
    }
  }

  record DeleteRange(Column column, Bytes from, Bytes to) implements Operation {
    @Override
    public int size() {
      return from.size() + to.size();
    }
  }

  /// Sets the value of a key.
  @CanIgnoreReturnValue
  public WriteBatch put(Column column, Bytes key, Bytes value) {
    return add(new Put(column, key, value));
  }

  /// Removes a key, if it is there.
  @CanIgnoreReturnValue
  public WriteBatch delete(Column column, Bytes key) {
    return add(new Delete(column, key));
  }

  /// Removes all keys of a range, which must have an end.
  ///
  /// @throws IllegalArgumentException if the range has no end
  @CanIgnoreReturnValue
  public WriteBatch deleteRange(Column column, KeyRange range) {
    Bytes to = range.to();
    if (to == null) {
      throw new IllegalArgumentException("a range to delete must have an end");
    }
    // Stores differ in what they make of a range that ends before it begins.
    return range.from().compareTo(to) < 0 ? add(new DeleteRange(column, range.from(), to)) : this;
  }

  /// Runs an action on the writing thread once the batch is applied, in the order given; not if the
  /// write fails. The action must not throw.
  @CanIgnoreReturnValue
  public WriteBatch onWritten(Runnable action) {
    checkNotWritten();
    listeners.add(action);
    return this;
  }

  /// Whether there are no changes.
  public boolean isEmpty() {
    return operations.isEmpty();
  }

  /// The number of changes.
  public int size() {
    return operations.size();
  }

  /// About as many bytes as a log of the changes takes, rounded up.
  long bytes() {
    return bytes;
  }

  List<Operation> operations() {
    return Collections.unmodifiableList(operations);
  }

  void checkNotWritten() {
    if (written) {
      throw new IllegalStateException("this batch was already written");
    }
  }

  void written() {
    written = true;
    listeners.forEach(Runnable::run);
  }

  private WriteBatch add(Operation operation) {
    checkNotWritten();
    operations.add(operation);
    bytes += OPERATION_BYTES + operation.size();
    return this;
  }
}
