package org.bitcloud.market;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitcloud.market.sector.CorruptSectorException;
import org.bitcloud.market.sector.SectorRange;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.market.sector.SectorWriter;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleProof;

/// The sectors of a provider that counts what is read and, told to, changes one bit of each answer.
public final class OddSectors implements SectorStore {
  private final SectorStore honest;

  /// How often leaves were read.
  public final AtomicInteger reads = new AtomicInteger();

  /// How many leaves were read at once at most.
  public final AtomicInteger largestRead = new AtomicInteger();

  /// From which leaf on every sector is damaged.
  public volatile int damagedFrom = Integer.MAX_VALUE;

  /// Of which sectors.
  public final Set<Hash> rootsRead = ConcurrentHashMap.newKeySet();

  /// Whether answers are wrong.
  public volatile boolean lies;

  /// Sectors that still tell the truth.
  public OddSectors(SectorStore honest) {
    this.honest = honest;
  }

  @Override
  public SectorRange read(Hash root, int firstLeaf, int leafCount) {
    if (firstLeaf + leafCount > damagedFrom) {
      throw new CorruptSectorException(root, "made so by the test");
    }
    int _ = largestRead.accumulateAndGet(leafCount, Math::max);
    SectorRange range = honest.read(root, firstLeaf, leafCount);
    int _ = reads.incrementAndGet();
    boolean _ = rootsRead.add(root);
    if (!lies) {
      return range;
    }
    byte[] wrong = range.data().toArray();
    wrong[wrong.length / 2] ^= 1;
    return new SectorRange(firstLeaf, Bytes.wrap(wrong), range.proof());
  }

  @Override
  public SectorWriter writer() {
    return honest.writer();
  }

  @Override
  public MerkleProof.NodeSource nodes(Hash root) {
    return honest.nodes(root);
  }

  @Override
  public int bodyLeaves(Hash root) {
    return honest.bodyLeaves(root);
  }

  @Override
  public boolean contains(Hash root) {
    return honest.contains(root);
  }

  @Override
  public boolean delete(Hash root) {
    return honest.delete(root);
  }

  @Override
  public List<Hash> roots() {
    return honest.roots();
  }

  @Override
  public void scrub(Hash root) {
    honest.scrub(root);
  }

  @Override
  public long capacitySectors() {
    return honest.capacitySectors();
  }

  @Override
  public long usedSectors() {
    return honest.usedSectors();
  }

  @Override
  public long freeBytes() {
    return honest.freeBytes();
  }

  @Override
  public void close() {
    honest.close();
  }
}
