package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.market.sector.SectorRange;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.junit.jupiter.api.Test;

/// A computed sector is a sector like any other.
class SeededSectorTest {
  private final SeededSector sector = Data.sector(0);

  @Test
  void hasTheRootOfItsBytes() {
    byte[] body = new byte[Sector.BYTES];
    for (int leaf = 0; leaf < Sector.LEAVES; leaf++) {
      sector.leaf(leaf).copyTo(body, leaf * Sector.LEAF_BYTES);
    }
    assertEquals(SectorTree.rootOf(body), sector.root());
  }

  @Test
  void provesItsLeaves() throws MalformedException {
    for (int leaf : List.of(0, 1, 4_711, 8_191)) {
      List<Hash> path = MerkleProof.siblings(Sector.LEAVES, new long[] {leaf}, sector.nodes());
      SectorTree.verify(sector.root(), new SectorRange(leaf, sector.leaf(leaf), path));
    }
  }
}
