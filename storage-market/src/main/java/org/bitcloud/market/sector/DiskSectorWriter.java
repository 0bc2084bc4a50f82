package org.bitcloud.market.sector;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.bitcloud.primitives.Hash;

/// A sector on its way to a disk: its body goes to a temporary file group by group.
///
/// Nothing but the current group of 32 KiB and the leaf hashes is held in memory.
final class DiskSectorWriter implements SectorWriter {
  private final DiskSectorStore store;
  private final Disk disk;
  private final String temporaryName;
  private final DiskFile file;
  private final byte[] group = new byte[SectorHeader.GROUP_BYTES];
  private final int[] checksums = new int[SectorHeader.GROUPS];
  private final SectorTree growing = new SectorTree(Sector.LEAVES);
  private int size;
  private boolean open = true;
  private boolean fileOpen = true;
  private boolean committed;

  DiskSectorWriter(DiskSectorStore store, Disk disk, String temporaryName) throws IOException {
    this.store = store;
    this.disk = disk;
    this.temporaryName = temporaryName;
    file = disk.create(temporaryName);
  }

  @Override
  public void write(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    checkOpen();
    if (length > Sector.BYTES - size) {
      throw new IllegalArgumentException("a sector ends at " + Sector.BYTES + " bytes");
    }
    int done = 0;
    while (done < length) {
      int filled = size % group.length;
      int part = Math.min(group.length - filled, length - done);
      System.arraycopy(data, offset + done, group, filled, part);
      size += part;
      done += part;
      if (size % group.length == 0) {
        flush(size / group.length - 1, group.length);
      }
    }
  }

  private void flush(int index, int length) {
    checksums[index] = SectorHeader.checksum(group, 0, length);
    int firstLeaf = index * SectorHeader.GROUP_LEAVES;
    growing.hash(firstLeaf, group, 0, length / Sector.LEAF_BYTES);
    put(SectorHeader.bodyPosition(firstLeaf), group, length);
  }

  private void put(long position, byte[] bytes, int length) {
    try {
      file.write(position, bytes, 0, length);
    } catch (IOException e) {
      throw new SectorStoreException("a sector cannot be written: " + e, e);
    }
  }

  @Override
  public Hash commit() {
    return commit(finish());
  }

  @Override
  public void commit(Hash expectedRoot) {
    SectorHeader header = finish();
    if (!header.root().equals(expectedRoot)) {
      throw new SectorMismatchException(expectedRoot, header.root());
    }
    var _ = commit(header);
  }

  /// Writes all that follows the last whole group.
  private SectorHeader finish() {
    checkOpen();
    open = false;
    int leaves = Sector.leavesFor(size);
    int filled = size % group.length;
    if (filled > 0) {
      int padded = leaves * Sector.LEAF_BYTES % group.length;
      int length = padded == 0 ? group.length : padded;
      Arrays.fill(group, filled, length, (byte) 0);
      flush(size / group.length, length);
    }
    byte[] hashes = new byte[leaves * Hash.SIZE];
    growing.copyLeafHashes(0, leaves, hashes, 0);
    SectorHeader header = SectorHeader.of(SectorTree.ofLeafHashes(hashes), checksums);
    put(header.hashPosition(0), hashes, hashes.length);
    put(0, header.encode(), SectorHeader.BYTES);
    return header;
  }

  private Hash commit(SectorHeader header) {
    Hash root = header.root();
    try {
      file.force();
      fileOpen = false;
      file.close();
      // Only a file that is safe as a whole ever gets the name of a sector.
      store.publish(root, temporaryName);
      committed = true;
    } catch (IOException e) {
      throw new SectorStoreException("sector " + root + " cannot be stored: " + e, e);
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
    if (committed) {
      return;
    }
    committed = true;
    store.release();
    try {
      if (fileOpen) {
        file.close();
      }
      var _ = disk.delete(temporaryName);
    } catch (IOException e) {
      throw new SectorStoreException("a sector that was given up cannot be removed: " + e, e);
    }
  }
}
