package org.bitcloud.market.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bitcloud.testkit.Property;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErasureCodeTest {
  @Test
  void rebuildsEverythingFromEachPairOfTwoOfSix() {
    ErasureCode code = ErasureCode.of(2, 6);
    byte[][] shards = encoded(code, 1000, 1);
    int pairs = 0;
    for (int one = 0; one < 6; one++) {
      for (int other = one + 1; other < 6; other++) {
        assertRebuilds(code, shards, new int[] {other, one});
        pairs++;
      }
    }
    assertEquals(15, pairs);
  }

  @Test
  void rebuildsFromAnyKOfN() {
    Property.named("any k of n")
        .runs(60)
        .check(
            choices -> {
              int shardCount = choices.between(1, choices.oneIn(10) ? 255 : 40);
              int dataShards = choices.between(1, shardCount);
              ErasureCode code = ErasureCode.of(dataShards, shardCount);
              byte[][] shards = encoded(code, choices.between(1, 50), shardCount);
              assertRebuilds(
                  code, shards, MultiplierTest.distinct(choices, dataShards, shardCount));
            });
  }

  @Test
  void worksOnStripsAsOnWholeShards() {
    ErasureCode code = ErasureCode.of(3, 9);
    byte[][] whole = encoded(code, 5000, 3);
    byte[][] strips = new byte[9][];
    for (int i = 0; i < 9; i++) {
      strips[i] = i < 3 ? whole[i].clone() : new byte[5000];
    }
    for (int at = 0; at < 5000; at += 700) {
      code.encode(strips, at, Math.min(700, 5000 - at));
    }
    for (int i = 0; i < 9; i++) {
      assertArrayEquals(whole[i], strips[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "4, 3", "1, 256", "-1, 5"})
  void refusesImpossibleParameters(int dataShards, int shards) {
    assertThrows(IllegalArgumentException.class, () -> ErasureCode.of(dataShards, shards));
  }

  @Test
  void refusesToRebuildFromTheWrongShards() {
    ErasureCode code = ErasureCode.of(2, 6);
    int[] none = {};
    assertThrows(IllegalArgumentException.class, () -> code.reconstruction(new int[] {1, 1}, none));
    assertThrows(IllegalArgumentException.class, () -> code.reconstruction(new int[] {1}, none));
    assertThrows(IllegalArgumentException.class, () -> code.reconstruction(new int[] {1, 6}, none));
    assertThrows(
        IllegalArgumentException.class,
        () -> code.reconstruction(new int[] {1, 2}, new int[] {-1}));
  }

  @Test
  void refusesStripsOutsideTheShards() {
    ErasureCode code = ErasureCode.of(2, 6);
    assertThrows(IndexOutOfBoundsException.class, () -> code.encode(new byte[6][10], 5, 6));
    assertThrows(IllegalArgumentException.class, () -> code.encode(new byte[5][10], 0, 10));
  }

  private static byte[][] encoded(ErasureCode code, int length, long seed) {
    RandomGenerator random = Seeds.random(seed);
    byte[][] shards = new byte[code.shards()][length];
    for (int i = 0; i < code.dataShards(); i++) {
      random.nextBytes(shards[i]);
    }
    code.encode(shards, 0, length);
    return shards;
  }

  private static void assertRebuilds(ErasureCode code, byte[][] shards, int[] present) {
    int length = shards[0].length;
    int[] all = IntStream.range(0, code.shards()).toArray();
    byte[][] given = IntStream.of(present).mapToObj(i -> shards[i]).toArray(byte[][]::new);
    byte[][] rebuilt = new byte[code.shards()][length];
    code.reconstruction(present, all).apply(given, rebuilt, 0, length);
    for (int i = 0; i < shards.length; i++) {
      assertArrayEquals(shards[i], rebuilt[i], "shard " + i + " from " + Arrays.toString(present));
    }
  }
}
