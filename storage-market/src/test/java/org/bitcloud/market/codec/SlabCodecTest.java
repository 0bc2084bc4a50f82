package org.bitcloud.market.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.testkit.Property;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlabCodecTest {
  private static final SlabKeys KEYS = SlabKeys.generate(Seeds.secureRandom(7));

  @Test
  void anEmptyStreamGivesNoSlab() throws IOException {
    ShardCollector sink = new ShardCollector(6);
    EncodedSlab slab = encoder(2, 6).encode(InputStream.nullInputStream(), KEYS, sink);
    assertEquals(0, slab.length());
    assertEquals(0, slab.bodyBytes());
    assertEquals(0, slab.roots().size());
    assertEquals(0, sink.body(0).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 1023, 1024, 1025, 131_072, 131_073, 300_000})
  void everyPairOfTwoOfSixGivesTheContentBack(int length) throws IOException {
    byte[] content = content(length);
    ShardCollector sink = new ShardCollector(6);
    ErasureCode code = ErasureCode.of(2, 6);
    EncodedSlab slab = encoder(2, 6).encode(new ByteArrayInputStream(content), KEYS, sink);
    SlabLayout layout = new SlabLayout(2, length);
    assertEquals(length, slab.length());
    assertEquals(layout.bodyBytes(), slab.bodyBytes());
    for (int shard = 0; shard < 6; shard++) {
      assertEquals(slab.bodyBytes(), sink.body(shard).length);
      assertEquals(SectorTree.rootOf(sink.body(shard)), slab.roots().get(shard));
    }
    ShardRange range = layout.shardRange(0, length);
    SlabDecoder decoder = new SlabDecoder(code, KEYS);
    for (int one = 0; one < 6; one++) {
      for (int other = 0; other < one; other++) {
        int[] shards = {one, other};
        byte[] decoded = new byte[length];
        decoder.decode(shards, sink.ranges(shards, range), range, 0, length, decoded, 0);
        assertArrayEquals(content, decoded, "from " + Arrays.toString(shards));
      }
    }
  }

  @Test
  void anyRangeIsReadFromAnyKShards() {
    Property.named("ranges of slabs")
        .runs(60)
        .check(
            choices -> {
              int shardCount = choices.between(1, 12);
              int dataShards = choices.between(1, shardCount);
              int length = choices.between(1, 200_000);
              byte[] content = content(length);
              ShardCollector sink = new ShardCollector(shardCount);
              EncodedSlab slab =
                  encoder(dataShards, shardCount)
                      .encode(new ByteArrayInputStream(content), KEYS, sink);
              assertEquals(shardCount, slab.roots().size());
              SlabDecoder decoder = new SlabDecoder(ErasureCode.of(dataShards, shardCount), KEYS);
              for (int i = 0; i < 5; i++) {
                int from = choices.below(length);
                int part = choices.between(1, length - from);
                ShardRange range = new SlabLayout(dataShards, length).shardRange(from, part);
                int[] shards = MultiplierTest.distinct(choices, dataShards, shardCount);
                byte[] decoded = new byte[part + 3];
                decoder.decode(shards, sink.ranges(shards, range), range, from, part, decoded, 2);
                assertArrayEquals(
                    Arrays.copyOfRange(content, from, from + part),
                    Arrays.copyOfRange(decoded, 2, 2 + part));
              }
            });
  }

  @Test
  void aLongStreamBecomesFullSlabsAndARestWhateverTheThreads() throws IOException {
    int capacity = SlabLayout.capacity(1);
    byte[] content = content(2 * capacity + 12_345);
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      InputStream direct = new ByteArrayInputStream(content);
      InputStream pooled = new ByteArrayInputStream(content);
      SlabEncoder one = encoder(1, 3);
      SlabEncoder many = new SlabEncoder(ErasureCode.of(1, 3), pool, 3);
      for (int expected : new int[] {capacity, capacity, 12_345, 0}) {
        ShardCollector sink = new ShardCollector(3);
        ShardCollector pooledSink = new ShardCollector(3);
        EncodedSlab slab = one.encode(direct, KEYS, sink);
        EncodedSlab pooledSlab = many.encode(pooled, KEYS, pooledSink);
        assertEquals(expected, slab.length());
        assertEquals(slab, pooledSlab);
        for (int shard = 0; shard < 3; shard++) {
          assertArrayEquals(sink.body(shard), pooledSink.body(shard));
        }
        if (expected == capacity) {
          assertEquals(Sector.BYTES, slab.bodyBytes());
          assertEquals(SectorTree.rootOf(sink.body(2)), slab.roots().get(2));
        }
      }
    }
  }

  @Test
  void aFullSlabOfTenOfThirtyComesBackFromParityAlone() throws IOException {
    byte[] content = content(SlabLayout.capacity(10) - 5);
    ErasureCode code = ErasureCode.of(10, 30);
    byte[][] bodies = new byte[30][];
    int[] parity = {29, 11, 12, 13, 14, 15, 16, 17, 18, 19};
    int[] filled = new int[30];
    for (int shard : parity) {
      bodies[shard] = new byte[Sector.BYTES];
    }
    EncodedSlab slab =
        encoder(10, 30)
            .encode(
                new ByteArrayInputStream(content),
                KEYS,
                (shard, buffer, offset, length) -> {
                  if (bodies[shard] != null) {
                    System.arraycopy(buffer, offset, bodies[shard], filled[shard], length);
                  }
                  filled[shard] += length;
                });
    assertEquals(SectorTree.rootOf(bodies[29]), slab.roots().get(29));
    byte[][] given = Arrays.stream(parity).mapToObj(i -> bodies[i]).toArray(byte[][]::new);
    byte[] decoded = new byte[content.length];
    new SlabDecoder(code, KEYS)
        .decode(parity, given, new ShardRange(0, Sector.LEAVES), 0, decoded.length, decoded, 0);
    assertArrayEquals(content, decoded);
  }

  @Test
  void equalContentUnderTheSameKeysLooksDifferentInEveryShard() throws IOException {
    ShardCollector sink = new ShardCollector(6);
    EncodedSlab slab = encoder(2, 6).encode(new ByteArrayInputStream(new byte[2048]), KEYS, sink);
    assertEquals(6, slab.roots().stream().distinct().count());
    assertFalse(Arrays.equals(sink.body(0), sink.body(1)));
  }

  @Test
  void aFailingSinkEndsTheSlabAndTheEncoderGoesOn() throws IOException {
    SlabEncoder encoder = encoder(1, 2);
    byte[] content = content(500_000);
    IOException broken = new IOException("provider went away");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                encoder.encode(
                    new ByteArrayInputStream(content),
                    KEYS,
                    (shard, buffer, offset, length) -> {
                      throw broken;
                    }));
    assertEquals(broken, thrown);
    ShardCollector sink = new ShardCollector(2);
    EncodedSlab slab = encoder.encode(new ByteArrayInputStream(content), KEYS, sink);
    assertEquals(SectorTree.rootOf(sink.body(1)), slab.roots().get(1));
  }

  @Test
  void lostShardsAreRebuiltWithTheMaskKeyAlone() throws IOException {
    ShardCollector sink = new ShardCollector(9);
    EncodedSlab slab = encoder(3, 9).encode(new ByteArrayInputStream(content(100_000)), KEYS, sink);
    ShardRange all = new ShardRange(0, slab.bodyBytes() / Sector.LEAF_BYTES);
    int[] present = {8, 1, 4};
    int[] lost = {0, 5, 7};
    byte[][] rebuilt =
        new ShardRebuilder(ErasureCode.of(3, 9), KEYS.maskKey(), present, lost)
            .rebuild(sink.ranges(present, all), all);
    for (int i = 0; i < lost.length; i++) {
      assertArrayEquals(sink.body(lost[i]), rebuilt[i]);
      assertEquals(slab.roots().get(lost[i]), SectorTree.rootOf(rebuilt[i]));
    }
  }

  @Test
  void refusesRangesThatAreNotThere() {
    SlabLayout layout = new SlabLayout(2, 5000);
    assertEquals(new ShardRange(4, 1), layout.shardRange(4999, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> layout.shardRange(5000, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> layout.shardRange(0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> layout.shardRange(-1, 2));
    assertThrows(IllegalArgumentException.class, () -> new SlabLayout(2, (8 << 20) + 1));
    assertThrows(IllegalArgumentException.class, () -> new SlabLayout(256, 1));
    assertThrows(IllegalArgumentException.class, () -> new ShardRange(8191, 2));
    SlabDecoder decoder = new SlabDecoder(ErasureCode.of(2, 6), KEYS);
    byte[][] ranges = new byte[2][512];
    int[] shards = {0, 1};
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> decoder.decode(shards, ranges, new ShardRange(1, 1), 0, 9, new byte[9], 0));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> decoder.decode(shards, ranges, new ShardRange(0, 2), 0, 9, new byte[9], 0));
  }

  private static SlabEncoder encoder(int dataShards, int shards) {
    return new SlabEncoder(ErasureCode.of(dataShards, shards), Runnable::run, 1);
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    Seeds.random(length).nextBytes(content);
    return content;
  }
}
