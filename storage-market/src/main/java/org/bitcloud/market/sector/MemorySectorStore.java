package org.bitcloud.market.sector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;

/// Sectors in memory, for tests and simulations: the twin of [DiskSectorStore].
public final class MemorySectorStore implements SectorStore {
  private final long capacitySectors;
  private final Map<Hash, Stored> sectors = new ConcurrentHashMap<>();
  // Sectors stored and writers that may still store one.
  private final AtomicLong taken = new AtomicLong();

  /// An empty store for so many sectors.
  ///
  /// @throws IllegalArgumentException if the capacity is negative
  public MemorySectorStore(long capacitySectors) {
    if (capacitySectors < 0) {
      throw new IllegalArgumentException("capacity must not be negative: " + capacitySectors);
    }
    this.capacitySectors = capacitySectors;
  }

  private record Stored(Bytes body, SectorTree tree) {}

  @Override
  public SectorWriter writer() {
    if (taken.incrementAndGet() > capacitySectors) {
      taken.decrementAndGet();
      throw new StoreFullException(capacitySectors);
    }
    return new Writer();
  }

  private Stored stored(Hash root) {
    Stored stored = sectors.get(root);
    if (stored == null) {
      throw new SectorMissingException(root);
    }
    return stored;
  }

  @Override
  public SectorRange read(Hash root, int firstLeaf, int leafCount) {
    Sector.checkLeaves(firstLeaf, leafCount);
    Stored stored = stored(root);
    byte[] leaves = new byte[leafCount * Sector.LEAF_BYTES];
    int from = Math.min(firstLeaf * Sector.LEAF_BYTES, stored.body.size());
    int length = Math.min(leaves.length, stored.body.size() - from);
    stored.body.copyTo(from, leaves, 0, length);
    return SectorTree.range(firstLeaf, Bytes.wrap(leaves), stored.tree.nodes());
  }

  @Override
  public MerkleProof.NodeSource nodes(Hash root) {
    return stored(root).tree.nodes();
  }

  @Override
  public int bodyLeaves(Hash root) {
    return stored(root).tree.bodyLeaves();
  }

  @Override
  public boolean contains(Hash root) {
    return sectors.containsKey(root);
  }

  @Override
  public boolean delete(Hash root) {
    boolean was = sectors.remove(root) != null;
    if (was) {
      taken.decrementAndGet();
    }
    return was;
  }

  @Override
  public List<Hash> roots() {
    return sectors.keySet().stream().sorted().toList();
  }

  /// Only checks that the sector is there: memory does not rot.
  @Override
  public void scrub(Hash root) {
    var _ = stored(root);
  }

  @Override
  public long capacitySectors() {
    return capacitySectors;
  }

  @Override
  public long usedSectors() {
    return sectors.size();
  }

  @Override
  public long freeBytes() {
    return Math.max(0, capacitySectors - usedSectors()) * Sector.BYTES;
  }

  @Override
  public void close() {}

  /// A sector that grows in an array until it is committed.
  private final class Writer implements SectorWriter {
    private byte[] body = new byte[1 << 16];
    private int size;
    private boolean open = true;
    private boolean settled;

    @Override
    public void write(byte[] data, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, data.length);
      checkOpen();
      if (length > Sector.BYTES - size) {
        throw new IllegalArgumentException("a sector ends at " + Sector.BYTES + " bytes");
      }
      if (size + length > body.length) {
        body =
            Arrays.copyOf(body, Math.min(Sector.BYTES, Math.max(size + length, 2 * body.length)));
      }
      System.arraycopy(data, offset, body, size, length);
      size += length;
    }

    @Override
    public Hash commit() {
      return commit(finish());
    }

    @Override
    public void commit(Hash expectedRoot) {
      Stored finished = finish();
      Hash root = finished.tree.root();
      if (!root.equals(expectedRoot)) {
        throw new SectorMismatchException(expectedRoot, root);
      }
      var _ = commit(finished);
    }

    private Stored finish() {
      checkOpen();
      open = false;
      int leaves = Sector.leavesFor(size);
      byte[] whole = Arrays.copyOf(body, leaves * Sector.LEAF_BYTES);
      Arrays.fill(whole, size, whole.length, (byte) 0);
      SectorTree tree = new SectorTree(leaves);
      tree.hash(0, whole, 0, leaves);
      return new Stored(Bytes.wrap(whole), tree);
    }

    private Hash commit(Stored finished) {
      Hash root = finished.tree.root();
      settled = true;
      if (sectors.put(root, finished) != null) {
        taken.decrementAndGet();
      }
      return root;
    }

    private void checkOpen() {
      if (!open) {
        throw new IllegalStateException("the sector is committed or closed");
      }
    }

    @Override
    public void close() {
      open = false;
      if (!settled) {
        settled = true;
        taken.decrementAndGet();
      }
    }
  }
}
