package org.bitcloud.market.sector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.merkle.MerkleProof;

/// Sectors in the files of one directory, one a sector (`docs/spec/object.md` 5).
///
/// A sector is written under a temporary name, forced, renamed, and its directory forced before the
/// writer returns; what a crash leaves half-written is removed when the store is opened. Putting a
/// sector again replaces its file, which heals a damaged one. Only one store may have a directory
/// open; the node's lock on its data sees to that.
public final class DiskSectorStore implements SectorStore {
  private static final String TEMPORARY_SUFFIX = ".part";
  private static final int LOCKS = 64;

  private final Disk disk;
  private final long capacitySectors;
  private final Set<Hash> roots = ConcurrentHashMap.newKeySet();
  // Sectors stored and writers that may still store one.
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong writers = new AtomicLong();
  // Publishing and deleting the same root must not overlap.
  private final List<ReentrantLock> locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

  private DiskSectorStore(Disk disk, long capacitySectors) {
    this.disk = disk;
    this.capacitySectors = capacitySectors;
  }

  /// Opens the store in a directory, which is created where it is missing.
  ///
  /// @throws SectorStoreException if the directory cannot be used
  public static DiskSectorStore open(Path directory, long capacitySectors) {
    try {
      Files.createDirectories(directory);
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        new DirectoryDisk(parent).forceDirectory();
      }
    } catch (IOException e) {
      throw new SectorStoreException("cannot use " + directory + " for sectors: " + e, e);
    }
    return open(new DirectoryDisk(directory), capacitySectors);
  }

  static DiskSectorStore open(Disk disk, long capacitySectors) {
    if (capacitySectors < 0) {
      throw new IllegalArgumentException("capacity must not be negative: " + capacitySectors);
    }
    DiskSectorStore store = new DiskSectorStore(disk, capacitySectors);
    try {
      store.load();
    } catch (IOException e) {
      throw new SectorStoreException("the sectors cannot be listed: " + e, e);
    }
    return store;
  }

  private void load() throws IOException {
    boolean removed = false;
    for (String name : disk.list()) {
      if (name.endsWith(TEMPORARY_SUFFIX)) {
        removed |= disk.delete(name);
      } else if (SectorFile.isName(name)) {
        roots.add(rootOf(name));
      }
    }
    if (removed) {
      disk.forceDirectory();
    }
    taken.set(roots.size());
  }

  private static Hash rootOf(String name) {
    try {
      return Hash.fromHex("0x" + name.substring(0, 2 * Hash.SIZE));
    } catch (MalformedException e) {
      throw new IllegalStateException("the name was checked to be hex: " + name, e);
    }
  }

  @Override
  public SectorWriter writer() {
    if (taken.incrementAndGet() > capacitySectors) {
      release();
      throw new StoreFullException(capacitySectors);
    }
    try {
      return new DiskSectorWriter(this, disk, writers.incrementAndGet() + TEMPORARY_SUFFIX);
    } catch (IOException e) {
      release();
      throw new SectorStoreException("no file can be created for a sector: " + e, e);
    }
  }

  /// Gives up the room that a writer held.
  void release() {
    taken.decrementAndGet();
  }

  /// Names a file that is durable already after the sector it holds, durably.
  void publish(Hash root, String temporaryName) throws IOException {
    ReentrantLock lock = lock(root);
    lock.lock();
    try {
      disk.rename(temporaryName, SectorFile.name(root));
      disk.forceDirectory();
      if (!roots.add(root)) {
        release();
      }
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(Hash root) {
    return locks.get(root.bytes().unsigned(0) % LOCKS);
  }

  @Override
  public SectorRange read(Hash root, int firstLeaf, int leafCount) {
    Sector.checkLeaves(firstLeaf, leafCount);
    try (SectorFile file = openSector(root)) {
      return file.range(firstLeaf, leafCount);
    }
  }

  private SectorFile openSector(Hash root) {
    if (!roots.contains(root)) {
      throw new SectorMissingException(root);
    }
    return SectorFile.open(disk, root);
  }

  @Override
  public MerkleProof.NodeSource nodes(Hash root) {
    SectorHeader header;
    try (SectorFile file = openSector(root)) {
      header = file.header();
    }
    return (first, count) -> {
      int height = SectorTree.heightOf(count);
      if (height >= SectorHeader.GROUP_HEIGHT) {
        return header.node(
            Math.toIntExact(first) / SectorHeader.GROUP_LEAVES, height - SectorHeader.GROUP_HEIGHT);
      }
      try (SectorFile file = openSector(root)) {
        return file.node(first, count);
      }
    };
  }

  @Override
  public int bodyLeaves(Hash root) {
    try (SectorFile file = openSector(root)) {
      return file.header().bodyLeaves();
    }
  }

  @Override
  public boolean contains(Hash root) {
    return roots.contains(root);
  }

  @Override
  public boolean delete(Hash root) {
    ReentrantLock lock = lock(root);
    lock.lock();
    try {
      if (!roots.contains(root)) {
        return false;
      }
      var _ = disk.delete(SectorFile.name(root));
      disk.forceDirectory();
      roots.remove(root);
      release();
      return true;
    } catch (IOException e) {
      throw new SectorStoreException("sector " + root + " cannot be deleted: " + e, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Hash> roots() {
    return roots.stream().sorted().toList();
  }

  @Override
  public void scrub(Hash root) {
    try (SectorFile file = openSector(root)) {
      file.scrub();
    }
  }

  @Override
  public long capacitySectors() {
    return capacitySectors;
  }

  @Override
  public long usedSectors() {
    return roots.size();
  }

  @Override
  public long freeBytes() {
    try {
      return disk.freeBytes();
    } catch (IOException e) {
      throw new SectorStoreException("the disk does not say what is free: " + e, e);
    }
  }

  /// Nothing to do: every commit is durable and no file stays open.
  @Override
  public void close() {}
}
