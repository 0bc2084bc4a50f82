package org.bitcloud.market.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.bitcloud.market.sector.SectorRange;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.market.sector.SectorWriter;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.bitcloud.store.Column;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.Order;
import org.bitcloud.store.Snapshot;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/// The power of one machine: it fails at a chosen change of the disks, before or just after the
/// change is durable, and from then on nothing works any more.
final class Power {
  private final long failAt;
  private final boolean afterwards;
  private long changes;
  private boolean off;

  /// Power that fails at the change of this number.
  ///
  /// @param afterwards whether that change still becomes durable
  Power(long failAt, boolean afterwards) {
    this.failAt = failAt;
    this.afterwards = afterwards;
  }

  synchronized long changes() {
    return changes;
  }

  synchronized boolean isOff() {
    return off;
  }

  private synchronized void require() {
    if (off) {
      throw failure();
    }
  }

  // The action runs under the lock: at the failure nothing else may be half done.
  private synchronized void change(Runnable action) {
    require();
    boolean fails = changes++ == failAt;
    if (!fails || afterwards) {
      action.run();
    }
    if (fails) {
      off = true;
      throw failure();
    }
  }

  private static UncheckedIOException failure() {
    return new UncheckedIOException(new IOException("no power"));
  }

  /// A book on this machine.
  KeyValueStore book(KeyValueStore durable) {
    return new KeyValueStore() {
      @Override
      public @Nullable Bytes get(Column column, Bytes key) {
        require();
        return durable.get(column, key);
      }

      @Override
      public List<@Nullable Bytes> getAll(Column column, List<Bytes> keys) {
        require();
        return durable.getAll(column, keys);
      }

      @Override
      public Cursor range(Column column, KeyRange range, Order order) {
        require();
        return durable.range(column, range, order);
      }

      @Override
      public void write(WriteBatch batch, Durability durability) {
        change(() -> durable.write(batch, durability));
      }

      @Override
      public Snapshot snapshot() {
        require();
        return durable.snapshot();
      }

      @Override
      public void close() {}
    };
  }

  /// Sectors on this machine.
  SectorStore sectors(SectorStore durable) {
    return new PoweredSectors(durable);
  }

  private final class PoweredSectors implements SectorStore {
    private final SectorStore durable;

    private PoweredSectors(SectorStore durable) {
      this.durable = durable;
    }

    @Override
    public SectorWriter writer() {
      require();
      SectorWriter writer = durable.writer();
      return new SectorWriter() {
        @Override
        public void write(byte[] data, int offset, int length) {
          require();
          writer.write(data, offset, length);
        }

        @Override
        public Hash commit() {
          throw new IllegalStateException("providers state the root");
        }

        @Override
        public void commit(Hash expectedRoot) {
          change(() -> writer.commit(expectedRoot));
        }

        @Override
        public void close() {
          writer.close();
        }
      };
    }

    @Override
    public SectorRange read(Hash root, int firstLeaf, int leafCount) {
      require();
      return durable.read(root, firstLeaf, leafCount);
    }

    @Override
    public MerkleProof.NodeSource nodes(Hash root) {
      require();
      return durable.nodes(root);
    }

    @Override
    public int bodyLeaves(Hash root) {
      require();
      return durable.bodyLeaves(root);
    }

    @Override
    public boolean contains(Hash root) {
      require();
      return durable.contains(root);
    }

    @Override
    public boolean delete(Hash root) {
      boolean[] was = new boolean[1];
      change(() -> was[0] = durable.delete(root));
      return was[0];
    }

    @Override
    public List<Hash> roots() {
      require();
      return durable.roots();
    }

    @Override
    public void scrub(Hash root) {
      require();
      durable.scrub(root);
    }

    @Override
    public long capacitySectors() {
      return durable.capacitySectors();
    }

    @Override
    public long usedSectors() {
      return durable.usedSectors();
    }

    @Override
    public long freeBytes() {
      return durable.freeBytes();
    }

    @Override
    public void close() {}
  }
}
