package org.bitcloud.chain.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.chain.ChainException;
import org.bitcloud.chain.ChainSnapshot;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.HistoryException;
import org.bitcloud.chain.SnapshotStart.Entry;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.KeyRange;

/// Writes the state after a committed block into a snapshot file.
public final class SnapshotExport {
  /* Far below a frame's bound, and as much as an importer takes at once. */
  private static final int ENTRIES_A_FRAME = 20_000;
  private static final int BYTES_A_FRAME = 1 << 20;

  private SnapshotExport() {}

  /// Writes a snapshot. The chain may go on meanwhile.
  ///
  /// @param height a block whose state is kept, not genesis
  /// @param out stays the caller's
  /// @param progress hears of entries; nobody knows how many there will be
  /// @return how many entries the state has
  /// @throws HistoryException when that state is no longer kept, or not there yet
  /// @throws ChainException when the block is not kept
  public static long write(
      ChainView chain, Height height, OutputStream out, TransferProgress progress)
      throws IOException, HistoryException {
    if (height.equals(Height.GENESIS)) {
      throw new IllegalArgumentException("everybody makes the state of genesis");
    }
    try (StateView state = chain.stateAt(height);
        Cursor cursor = state.scan(KeyRange.ALL)) {
      SnapshotFileWriter writer = new SnapshotFileWriter(out);
      writer.begin(chain.genesisHash(), ChainSnapshot.of(chain, height));
      List<Entry> entries = new ArrayList<>();
      long size = 0;
      long count = 0;
      while (cursor.next()) {
        Entry entry = new Entry(cursor.key(), cursor.value());
        int more = entry.key().size() + entry.value().size();
        if (entries.size() == ENTRIES_A_FRAME
            || (size + more > BYTES_A_FRAME && !entries.isEmpty())) {
          writer.entries(entries);
          progress.moved(height, count, 0);
          entries.clear();
          size = 0;
        }
        entries.add(entry);
        size += more;
        count++;
      }
      if (!entries.isEmpty()) {
        writer.entries(entries);
      }
      writer.end();
      progress.moved(height, count, count);
      return count;
    }
  }
}
