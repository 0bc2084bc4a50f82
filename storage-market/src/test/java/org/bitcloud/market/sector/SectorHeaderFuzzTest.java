package org.bitcloud.market.sector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bitcloud.primitives.Hash;

/// The head of a sector file is refused as damaged or is one whose every figure is in bounds.
final class SectorHeaderFuzzTest {
  private static final int CHECKED = SectorHeader.CHECKED_BYTES;
  private static final int ROOT_AT = 8;

  @FuzzTest(maxDuration = "2m")
  void decodesWhatIsSoundOrRefuses(byte[] input) {
    byte[] bytes = Arrays.copyOf(input, SectorHeader.BYTES);
    Hash root = Hash.wrap(Arrays.copyOfRange(bytes, ROOT_AT, ROOT_AT + Hash.SIZE));
    decode(root, bytes);
    // Behind a right checksum, which random bytes never have.
    ByteBuffer.wrap(bytes).putInt(CHECKED, SectorHeader.checksum(bytes, 0, CHECKED));
    decode(root, bytes);
  }

  private static void decode(Hash root, byte[] bytes) {
    SectorHeader header;
    try {
      header = SectorHeader.decode(root, bytes);
    } catch (CorruptSectorException e) {
      assertEquals(root, e.root());
      return;
    }
    assertArrayEquals(
        Arrays.copyOf(bytes, CHECKED + Integer.BYTES),
        Arrays.copyOf(header.encode(), CHECKED + Integer.BYTES));
    int leaves = 0;
    for (int group = 0; group < SectorHeader.GROUPS; group++) {
      leaves += header.leavesOf(group);
    }
    assertEquals(header.bodyLeaves(), leaves);
    assertTrue(
        header.fileBytes() <= SectorHeader.BYTES + Sector.BYTES + (long) Sector.LEAVES * Hash.SIZE);
    // One that is sound for its own sector is not taken for another's.
    byte[] other = root.toArray();
    other[0] ^= 1;
    assertThrows(CorruptSectorException.class, () -> SectorHeader.decode(Hash.wrap(other), bytes));
  }
}
