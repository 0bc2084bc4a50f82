package org.bitcloud.market.sector;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;

/// One stored sector, open for reading; every byte that leaves it has passed its checksum.
///
/// For one thread.
final class SectorFile implements AutoCloseable, MerkleProof.NodeSource {
  private static final String SUFFIX = ".sector";

  private final SectorHeader header;
  private final DiskFile file;
  private byte[] groupHashes = new byte[0];
  private int loadedGroup = -1;

  private SectorFile(SectorHeader header, DiskFile file) {
    this.header = header;
    this.file = file;
  }

  /// The file name of the sector of a root.
  static String name(Hash root) {
    return root.toHex().substring(2) + SUFFIX;
  }

  /// Whether a file is to be taken for a sector by its name.
  static boolean isName(String name) {
    return name.matches("[0-9a-f]{64}\\.sector");
  }

  /// Opens the sector and checks its header.
  ///
  /// @throws SectorMissingException if there is none
  /// @throws CorruptSectorException if the header is damaged or the file is cut short
  static SectorFile open(Disk disk, Hash root) {
    DiskFile file;
    try {
      file = disk.open(name(root));
    } catch (NoSuchFileException e) {
      throw new SectorMissingException(root);
    } catch (IOException e) {
      throw unreadable(root, e);
    }
    try {
      SectorFile opened = new SectorFile(header(root, file), file);
      if (file.size() != opened.header.fileBytes()) {
        throw new CorruptSectorException(root, "its file has " + file.size() + " bytes");
      }
      return opened;
    } catch (IOException e) {
      closeAfter(file, e);
      throw unreadable(root, e);
    } catch (SectorStoreException e) {
      closeAfter(file, e);
      throw e;
    }
  }

  private static SectorHeader header(Hash root, DiskFile file) throws IOException {
    byte[] bytes = new byte[SectorHeader.BYTES];
    try {
      file.read(0, bytes, 0, bytes.length);
    } catch (EOFException e) {
      throw new CorruptSectorException(root, "its header is cut short");
    }
    return SectorHeader.decode(root, bytes);
  }

  private static void closeAfter(DiskFile file, Exception failure) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static SectorStoreException unreadable(Hash root, IOException cause) {
    return new SectorStoreException("sector " + root + " cannot be read: " + cause, cause);
  }

  SectorHeader header() {
    return header;
  }

  /// Leaves with their proof.
  SectorRange range(int firstLeaf, int leafCount) {
    return SectorTree.range(firstLeaf, Bytes.wrap(leaves(firstLeaf, leafCount)), this);
  }

  /// The bytes of leaves, zeros in the tail.
  private byte[] leaves(int firstLeaf, int leafCount) {
    byte[] leaves = new byte[leafCount * Sector.LEAF_BYTES];
    int end = firstLeaf + leafCount;
    int firstGroup = firstLeaf / SectorHeader.GROUP_LEAVES;
    for (int group = firstGroup; group * SectorHeader.GROUP_LEAVES < end; group++) {
      byte[] body = groupBody(group);
      int groupStart = group * SectorHeader.GROUP_LEAVES;
      int from = Math.max(firstLeaf, groupStart);
      int to = Math.min(end, groupStart + body.length / Sector.LEAF_BYTES);
      if (from < to) {
        System.arraycopy(
            body,
            (from - groupStart) * Sector.LEAF_BYTES,
            leaves,
            (from - firstLeaf) * Sector.LEAF_BYTES,
            (to - from) * Sector.LEAF_BYTES);
      }
    }
    return leaves;
  }

  /// The body bytes of a group, whose checksum is right.
  private byte[] groupBody(int group) {
    int firstLeaf = group * SectorHeader.GROUP_LEAVES;
    byte[] body = new byte[header.leavesOf(group) * Sector.LEAF_BYTES];
    readFully(SectorHeader.bodyPosition(firstLeaf), body);
    if (SectorHeader.checksum(body, 0, body.length) != header.bodyChecksum(group)) {
      throw new CorruptSectorException(header.root(), "checksum of leaves from " + firstLeaf);
    }
    return body;
  }

  /// The leaf hashes of a group without the zero tail, whose checksum is right.
  private byte[] hashesOf(int group) {
    if (group != loadedGroup) {
      int firstLeaf = group * SectorHeader.GROUP_LEAVES;
      byte[] hashes = new byte[header.leavesOf(group) * Hash.SIZE];
      readFully(header.hashPosition(firstLeaf), hashes);
      if (SectorHeader.checksum(hashes, 0, hashes.length) != header.hashChecksum(group)) {
        throw new CorruptSectorException(header.root(), "checksum of hashes from " + firstLeaf);
      }
      groupHashes = hashes;
      loadedGroup = group;
    }
    return groupHashes;
  }

  @Override
  public Hash node(long firstLeaf, long leafCount) {
    int first = Math.toIntExact(firstLeaf);
    int height = SectorTree.heightOf(leafCount);
    int group = first / SectorHeader.GROUP_LEAVES;
    if (height >= SectorHeader.GROUP_HEIGHT) {
      return header.node(group, height - SectorHeader.GROUP_HEIGHT);
    }
    byte[] hashes = hashesOf(group);
    int known = hashes.length / Hash.SIZE;
    int from = Math.min(first % SectorHeader.GROUP_LEAVES, known);
    int to = Math.min(from + (int) leafCount, known);
    byte[] part = Arrays.copyOfRange(hashes, from * Hash.SIZE, to * Hash.SIZE);
    return ZeroTree.fold(part, to - from, height);
  }

  /// Recomputes everything from the body.
  ///
  /// @throws CorruptSectorException if any byte of the file that counts is wrong
  void scrub() {
    SectorTree tree = new SectorTree(header.bodyLeaves());
    for (int group = 0; group < SectorHeader.GROUPS; group++) {
      int firstLeaf = group * SectorHeader.GROUP_LEAVES;
      int count = header.leavesOf(group);
      if (count > 0) {
        tree.hash(firstLeaf, groupBody(group), 0, count);
      }
      boolean same =
          node(firstLeaf, SectorHeader.GROUP_LEAVES)
              .equals(ZeroTree.fold(hashesOf(group).clone(), count, SectorHeader.GROUP_HEIGHT));
      if (!same) {
        throw new CorruptSectorException(header.root(), "hashes of leaves from " + firstLeaf);
      }
    }
    if (!tree.root().equals(header.root())
        || !header.node(0, Sector.HEIGHT - SectorHeader.GROUP_HEIGHT).equals(header.root())) {
      throw new CorruptSectorException(header.root(), "its bytes have another root");
    }
  }

  private void readFully(long position, byte[] target) {
    if (target.length == 0) {
      // A group of the zero tail lies beyond the end of the file.
      return;
    }
    try {
      file.read(position, target, 0, target.length);
    } catch (IOException e) {
      throw unreadable(header.root(), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw unreadable(header.root(), e);
    }
  }
}
