package org.bitcloud.market.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestTest {
  private static final Bytes KEY = Bytes.wrap(new byte[32]);

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 6, 1", "2, 6, 8388608", "2, 6, 8388609", "10, 30, 123456789"})
  void comesBackFromItsBytes(int dataShards, int shards, long size) throws MalformedException {
    Manifest manifest = manifest(dataShards, shards, size, "video/mp4", "Größe 1.mp4");
    Bytes bytes = manifest.encode();
    assertEquals(manifest, Manifest.decode(bytes));
    assertFalse(Manifest.isSealed(bytes));
    byte[] sector = Arrays.copyOf(bytes.toArray(), Sector.BYTES);
    assertEquals(bytes, Manifest.trim(Bytes.wrap(sector)));
  }

  @Test
  void refusesSectorsWithAnythingAfterTheManifest() {
    byte[] sector = Arrays.copyOf(manifest(2, 6, 9, "", "").encode().toArray(), 4096);
    sector[4095] = 1;
    assertThrows(MalformedException.class, () -> Manifest.trim(Bytes.wrap(sector)));
    assertThrows(MalformedException.class, () -> Manifest.trim(Bytes.wrap(new byte[512])));
    assertThrows(MalformedException.class, () -> Manifest.trim(Bytes.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({"2, 6", "10, 30", "1, 1", "1, 255", "255, 255"})
  void theLargestObjectFitsItsSectorEvenSealed(int dataShards, int shards) {
    long size = Manifest.largestObject(dataShards, shards);
    Manifest manifest = manifest(dataShards, shards, size, "x".repeat(255), "y".repeat(1024));
    Bytes sealed = SealedManifest.seal(manifest.encode(), KEY, Seeds.secureRandom(1));
    assertTrue(sealed.size() <= Sector.BYTES);
    Manifest.checkSize(size, dataShards, shards);
  }

  @Test
  void anObjectThatIsTooLargeIsRefusedWithTheBound() {
    long largest = Manifest.largestObject(2, 6);
    ManifestTooLargeException refused =
        assertThrows(ManifestTooLargeException.class, () -> Manifest.checkSize(largest + 1, 2, 6));
    assertTrue(refused.getMessage().contains(Long.toString(largest)), refused.getMessage());
    Manifest manifest = manifest(2, 6, largest + (100L << 23), "", "");
    assertThrows(ManifestTooLargeException.class, manifest::encode);
  }

  @Test
  void theLargestObjectsAreThoseOfTheSpecification() {
    double gib = 1L << 30;
    assertEquals(94.8, Manifest.largestObject(10, 30) / gib, 0.1);
    assertEquals(80.6, Manifest.largestObject(2, 6) / gib, 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../passwd", "a/b", "a\\b", "..", ".", "line\nbreak", "\u0000"})
  void refusesNamesThatAreNoFileNames(String name) {
    assertThrows(IllegalArgumentException.class, () -> manifest(2, 6, 5, "", name));
  }

  @Test
  void refusesTextsThatAreTooLongOrUnfitForAHeader() {
    assertThrows(IllegalArgumentException.class, () -> manifest(2, 6, 5, "", "ü".repeat(513)));
    assertThrows(IllegalArgumentException.class, () -> manifest(2, 6, 5, "x".repeat(256), ""));
    assertThrows(IllegalArgumentException.class, () -> manifest(2, 6, 5, "text/plain\r\nx: y", ""));
  }

  @Test
  void refusesSlabsThatDoNotAddUp() {
    Manifest.Slab full = slab(1, 2, 2 * Sector.BYTES, 6);
    Manifest.Slab rest = slab(2, 2, 100, 6);
    long size = (long) full.length() + rest.length();
    assertEquals(2, of(size, List.of(full, rest)).slabs().size());
    assertRefused(size, List.of(rest, full));
    assertRefused(size + 1, List.of(full, rest));
    assertRefused(size, List.of(full));
    assertRefused(size, List.of(full, rest, rest));
    assertRefused(size, List.of(full, slab(2, 2, 100, 5)));
    assertRefused(0, List.of(slab(3, 2, 0, 6)));
    assertRefused(-1, List.of());
  }

  @Test
  void rangesOfTheObjectAreRangesOfItsSlabs() {
    int capacity = 2 * Sector.BYTES;
    Manifest manifest = manifest(2, 6, 2L * capacity + 10, "", "");
    assertEquals(List.of(), manifest.slabRanges(5, 0));
    assertEquals(List.of(new SlabRange(0, 5, 7)), manifest.slabRanges(5, 7));
    assertEquals(
        List.of(
            new SlabRange(0, capacity - 1, 1),
            new SlabRange(1, 0, capacity),
            new SlabRange(2, 0, 10)),
        manifest.slabRanges(capacity - 1, capacity + 11));
    assertThrows(IndexOutOfBoundsException.class, () -> manifest.slabRanges(2L * capacity, 11));
    assertThrows(IndexOutOfBoundsException.class, () -> manifest.slabRanges(-1, 1));
  }

  @Test
  void sealedManifestsOpenWithTheirKeyOnly() throws MalformedException {
    Bytes plain = manifest(2, 6, 77, "", "secret.txt").encode();
    Bytes sealed = SealedManifest.seal(plain, KEY, Seeds.secureRandom(3));
    assertTrue(Manifest.isSealed(sealed));
    assertEquals(plain, SealedManifest.open(sealed, KEY));
    assertEquals(sealed, Manifest.trim(Bytes.concat(sealed, Bytes.wrap(new byte[512]))));
    byte[] otherKey = new byte[32];
    otherKey[31] = 1;
    assertThrows(MalformedException.class, () -> SealedManifest.open(sealed, Bytes.wrap(otherKey)));
    for (int i = 0; i < sealed.size(); i += 7) {
      byte[] damaged = sealed.toArray();
      damaged[i] ^= 1;
      assertThrows(MalformedException.class, () -> SealedManifest.open(Bytes.wrap(damaged), KEY));
    }
    assertThrows(MalformedException.class, () -> SealedManifest.open(plain, KEY));
    assertThrows(MalformedException.class, () -> Manifest.decode(sealed));
  }

  @Test
  void refusesUnknownFormatsAndTrailingBytes() {
    Bytes unknown = RlpWriter.encode(out -> out.beginList().number(3).endList());
    assertThrows(MalformedException.class, () -> Manifest.decode(unknown));
    assertThrows(MalformedException.class, () -> Manifest.isSealed(unknown));
    Bytes bytes = manifest(2, 6, 5, "", "").encode();
    assertThrows(
        MalformedException.class, () -> Manifest.decode(Bytes.concat(bytes, Bytes.of((byte) 0))));
    assertThrows(MalformedException.class, () -> Manifest.decode(bytes.slice(0, bytes.size() - 1)));
  }

  @Test
  void keysNeverShowInTexts() {
    Manifest manifest = manifest(2, 6, 5, "", "");
    String key = manifest.slabs().getFirst().keys().slabKey().toHex();
    assertFalse(manifest.toString().contains(key));
    assertFalse(manifest.slabs().toString().contains(key));
  }

  private static void assertRefused(long size, List<Manifest.Slab> slabs) {
    assertThrows(IllegalArgumentException.class, () -> of(size, slabs));
  }

  private static Manifest of(long size, List<Manifest.Slab> slabs) {
    return new Manifest(2, 6, size, Hash.ZERO, "", "", slabs);
  }

  static Manifest manifest(int dataShards, int shards, long size, String mediaType, String name) {
    List<Manifest.Slab> slabs = new ArrayList<>();
    long left = size;
    while (left > 0) {
      int length = (int) Math.min(left, SlabLayout.capacity(dataShards));
      slabs.add(slab(slabs.size() + 1, dataShards, length, shards));
      left -= length;
    }
    return new Manifest(dataShards, shards, size, Hash.ZERO, mediaType, name, slabs);
  }

  private static Manifest.Slab slab(int seed, int dataShards, int length, int shards) {
    SlabKeys keys = SlabKeys.generate(Seeds.secureRandom(seed));
    if (shards > 30) {
      Manifest.Shard any = new Manifest.Shard(Hash.ZERO, Address.ZERO);
      return new Manifest.Slab(keys, length, Collections.nCopies(shards, any));
    }
    List<Manifest.Shard> placed =
        IntStream.range(0, shards)
            .mapToObj(i -> new Manifest.Shard(hash(seed, dataShards, i), Address.of(bytes(20, i))))
            .toList();
    return new Manifest.Slab(keys, length, placed);
  }

  private static Hash hash(int... numbers) {
    return Hash.of(bytes(32, Arrays.hashCode(numbers)));
  }

  private static byte[] bytes(int size, int seed) {
    byte[] bytes = new byte[size];
    Seeds.random(seed).nextBytes(bytes);
    return bytes;
  }
}
