package org.bitcloud.market.renter;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// The renter's list of its objects: a folder with one small file for each, written whole and
/// durably, so several processes may use it.
final class ObjectIndex {
  private static final String SUFFIX = ".object";

  private final Path folder;

  ObjectIndex(Path folder) {
    this.folder = folder;
  }

  void put(IndexEntry entry) throws MarketException {
    try {
      DurableFile.write(file(entry.id()), entry.encode());
    } catch (IOException e) {
      throw local("write", e);
    }
  }

  @Nullable IndexEntry get(Hash id) throws MarketException {
    return read(file(id));
  }

  /// All entries, oldest first.
  List<IndexEntry> all() throws MarketException {
    List<IndexEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        IndexEntry entry = read(file);
        if (entry != null) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw local("list", e);
    }
    entries.sort(Comparator.comparingLong(IndexEntry::createdMillis).thenComparing(IndexEntry::id));
    return entries;
  }

  void remove(Hash id) throws MarketException {
    try {
      DurableFile.delete(file(id));
    } catch (IOException e) {
      throw local("remove from", e);
    }
  }

  private static @Nullable IndexEntry read(Path file) throws MarketException {
    try {
      Bytes bytes = DurableFile.read(file);
      return bytes == null ? null : IndexEntry.decode(bytes);
    } catch (IOException e) {
      throw local("read", e);
    } catch (MalformedException e) {
      throw new MarketException(
          MarketError.LOCAL_STORAGE,
          "the entry "
              + file
              + " of the local index is damaged ("
              + e.getMessage()
              + "); move it away, the object itself is not affected",
          e);
    }
  }

  private Path file(Hash id) {
    return folder.resolve(id.toHex().substring(2) + SUFFIX);
  }

  private static MarketException local(String what, IOException e) {
    return new MarketException(
        MarketError.LOCAL_STORAGE,
        "cannot " + what + " the local index: " + e.getMessage() + "; check disk and permissions",
        e);
  }
}
