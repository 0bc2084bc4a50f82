package org.bitcloud.market.sector;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.testkit.Choices;

/// A disk in memory that loses its power at a chosen operation.
///
/// What was forced is there afterwards. Of the rest, each write and each change of a name may or
/// may not be: `choices` decides, and a write may also be there in part.
final class LossyDisk implements Disk {
  /// Thrown by the operation that the power did not last for.
  static final class PowerLoss extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private record Write(int position, Bytes bytes) {}

  private static final class Content {
    byte[] now = new byte[0];
    byte[] durable = new byte[0];
    final List<Write> unforced = new ArrayList<>();

    static byte[] with(byte[] before, Write write, int length) {
      byte[] after = Arrays.copyOf(before, Math.max(before.length, write.position + length));
      write.bytes.copyTo(0, after, write.position, length);
      return after;
    }
  }

  /// A change of the directory: a name gets a content, or none.
  private record Change(String name, Content content) {}

  private static final Content NONE = new Content();

  private final Map<String, Content> names = new HashMap<>();
  private final Map<String, Content> durableNames = new HashMap<>();
  // A rename is one entry of two changes: it happens whole or not at all.
  private final List<List<Change>> unforced = new ArrayList<>();
  private long operations;
  private long powerLossAt = Long.MAX_VALUE;

  /// Lets the power fail at the operation of this number, counted from now on.
  void failAt(long operation) {
    operations = 0;
    powerLossAt = operation;
  }

  long operations() {
    return operations;
  }

  private void step() throws IOException {
    if (operations >= powerLossAt) {
      throw new PowerLoss();
    }
    operations++;
  }

  /// Brings the power back: what was not forced is there or not as the choices say.
  void restart(Choices choices) {
    boolean keepNone = choices.flip();
    names.clear();
    for (List<Change> changes : unforced) {
      if (!keepNone && choices.flip()) {
        changes.forEach(change -> apply(change, durableNames));
      }
    }
    unforced.clear();
    names.putAll(durableNames);
    for (Content content : names.values()) {
      byte[] kept = content.durable;
      for (Write write : content.unforced) {
        if (!keepNone && choices.flip()) {
          int length = choices.flip() ? write.bytes.size() : choices.below(write.bytes.size() + 1);
          kept = Content.with(kept, write, length);
        }
      }
      content.unforced.clear();
      content.durable = kept;
      content.now = kept;
    }
    powerLossAt = Long.MAX_VALUE;
  }

  private static void apply(Change change, Map<String, Content> names) {
    if (change.content == NONE) {
      names.remove(change.name);
    } else {
      names.put(change.name, change.content);
    }
  }

  private void change(Change... changes) {
    for (Change change : changes) {
      apply(change, names);
    }
    unforced.add(List.of(changes));
  }

  private Content content(String name) throws IOException {
    Content content = names.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return content;
  }

  @Override
  public DiskFile create(String name) throws IOException {
    step();
    if (names.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    Content content = new Content();
    change(new Change(name, content));
    return new File(content);
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return new File(content(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    step();
    Content content = content(from);
    change(new Change(to, content), new Change(from, NONE));
  }

  @Override
  public boolean delete(String name) throws IOException {
    step();
    if (!names.containsKey(name)) {
      return false;
    }
    change(new Change(name, NONE));
    return true;
  }

  @Override
  public void forceDirectory() throws IOException {
    step();
    unforced.clear();
    durableNames.clear();
    durableNames.putAll(names);
  }

  @Override
  public List<String> list() {
    return List.copyOf(names.keySet());
  }

  @Override
  public long freeBytes() {
    return Long.MAX_VALUE;
  }

  private final class File implements DiskFile {
    private final Content content;

    File(Content content) {
      this.content = content;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      if (position + length > content.now.length) {
        throw new EOFException();
      }
      System.arraycopy(content.now, (int) position, target, offset, length);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      step();
      Write write = new Write((int) position, Bytes.copyOf(source, offset, length));
      content.unforced.add(write);
      content.now = Content.with(content.now, write, length);
    }

    @Override
    public void force() throws IOException {
      step();
      content.unforced.clear();
      content.durable = content.now;
    }

    @Override
    public long size() {
      return content.now.length;
    }

    @Override
    public void close() {}
  }
}
