package org.bitcloud.market.sector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// The first 8 KiB of a sector file: what it holds, with a checksum for each group of 64 leaves.
///
/// The layout is that of `docs/spec/object.md` 5. Groups bound what must be read to check a leaf
/// (32 KiB) or to make a proof (2 KiB of leaf hashes), while checksums cost far less than hashing.
final class SectorHeader {
  static final int BYTES = 8192;
  static final int GROUP_HEIGHT = 6;
  static final int GROUP_LEAVES = 1 << GROUP_HEIGHT;
  static final int GROUP_BYTES = GROUP_LEAVES * Sector.LEAF_BYTES;
  static final int GROUPS = Sector.LEAVES / GROUP_LEAVES;

  private static final Bytes MAGIC = Bytes.ofUtf8("BCSECT01");

  /// How much its checksum covers, which follows.
  static final int CHECKED_BYTES =
      MAGIC.size() + Hash.SIZE + Integer.BYTES + GROUPS * (2 * Integer.BYTES + Hash.SIZE);

  private final Hash root;
  private final int bodyLeaves;
  private final int[] bodyChecksums = new int[GROUPS];
  private final int[] hashChecksums = new int[GROUPS];
  private final byte[] groupRoots = new byte[GROUPS * Hash.SIZE];

  private SectorHeader(Hash root, int bodyLeaves) {
    this.root = root;
    this.bodyLeaves = bodyLeaves;
  }

  /// The header of a sector that was just written.
  ///
  /// @param bodyChecksums CRC-32C of the body bytes of each group, 0 where there are none
  static SectorHeader of(SectorTree tree, int[] bodyChecksums) {
    SectorHeader header = new SectorHeader(tree.root(), tree.bodyLeaves());
    for (int group = 0; group < GROUPS; group++) {
      int count = header.leavesOf(group);
      byte[] hashes = new byte[count * Hash.SIZE];
      tree.copyLeafHashes(count == 0 ? 0 : group * GROUP_LEAVES, count, hashes, 0);
      header.bodyChecksums[group] = bodyChecksums[group];
      header.hashChecksums[group] = checksum(hashes, 0, hashes.length);
      ZeroTree.fold(hashes, count, GROUP_HEIGHT).copyTo(header.groupRoots, group * Hash.SIZE);
    }
    return header;
  }

  /// The header in the bytes of a file that should hold the sector of `root`.
  ///
  /// @throws CorruptSectorException if it does not
  static SectorHeader decode(Hash root, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt(CHECKED_BYTES) != checksum(bytes, 0, CHECKED_BYTES)) {
      throw new CorruptSectorException(root, "checksum of its header");
    }
    byte[] magic = new byte[MAGIC.size()];
    byte[] named = new byte[Hash.SIZE];
    in.get(magic).get(named);
    int bodyLeaves = in.getInt();
    boolean sound =
        Bytes.wrap(magic).equals(MAGIC)
            && Hash.wrap(named).equals(root)
            && bodyLeaves >= 0
            && bodyLeaves <= Sector.LEAVES;
    if (!sound) {
      throw new CorruptSectorException(root, "the file is that of another sector or format");
    }
    SectorHeader header = new SectorHeader(root, bodyLeaves);
    for (int group = 0; group < GROUPS; group++) {
      header.bodyChecksums[group] = in.getInt();
      header.hashChecksums[group] = in.getInt();
      in.get(header.groupRoots, group * Hash.SIZE, Hash.SIZE);
    }
    return header;
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put(MAGIC.toArray()).put(root.toArray()).putInt(bodyLeaves);
    for (int group = 0; group < GROUPS; group++) {
      out.putInt(bodyChecksums[group]).putInt(hashChecksums[group]);
      out.put(groupRoots, group * Hash.SIZE, Hash.SIZE);
    }
    return out.putInt(checksum(out.array(), 0, CHECKED_BYTES)).array();
  }

  static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  Hash root() {
    return root;
  }

  int bodyLeaves() {
    return bodyLeaves;
  }

  int bodyChecksum(int group) {
    return bodyChecksums[group];
  }

  int hashChecksum(int group) {
    return hashChecksums[group];
  }

  /// The leaves of a group that are not of the zero tail.
  int leavesOf(int group) {
    return Math.clamp(bodyLeaves - (long) group * GROUP_LEAVES, 0, GROUP_LEAVES);
  }

  /// The root over whole groups that form a subtree.
  Hash node(int firstGroup, int height) {
    int count = 1 << height;
    byte[] roots =
        Arrays.copyOfRange(groupRoots, firstGroup * Hash.SIZE, (firstGroup + count) * Hash.SIZE);
    return ZeroTree.fold(roots, count, height);
  }

  /// Where the body begins in the file.
  static long bodyPosition(int leaf) {
    return BYTES + (long) leaf * Sector.LEAF_BYTES;
  }

  /// Where the hash of a leaf begins in the file.
  long hashPosition(int leaf) {
    return bodyPosition(bodyLeaves) + (long) leaf * Hash.SIZE;
  }

  /// The size of the whole file.
  long fileBytes() {
    return hashPosition(bodyLeaves);
  }
}
