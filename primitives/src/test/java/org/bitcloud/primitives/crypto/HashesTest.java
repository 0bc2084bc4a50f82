package org.bitcloud.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.testkit.Property;
import org.bitcloud.testkit.Seeds;
import org.bouncycastle.jcajce.provider.digest.Keccak.Digest256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HashesTest {
  @ParameterizedTest
  @CsvSource({
    "'', c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    "abc, 4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
    "'The quick brown fox jumps over the lazy dog', "
        + "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15",
    "'Transfer(address,address,uint256)', "
        + "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
  })
  void computesKeccak(String text, String expected) {
    assertEquals("0x" + expected, Keccak.hash(Bytes.ofUtf8(text)).toHex());
  }

  /// The examples of FIPS 180-4.
  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq, "
        + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  })
  void computesSha256(String text, String expected) {
    assertEquals("0x" + expected, Sha256.hash(Bytes.ofUtf8(text)).toHex());
  }

  @Test
  void hashesPartsAsIfTheyWereOne() {
    Property.named("hash of parts")
        .runs(200)
        .check(
            choices -> {
              Bytes all = Bytes.wrap(choices.bytesUpTo(3000));
              int cut = choices.between(0, all.size());
              Bytes[] parts = {all.slice(0, cut), all.slice(cut)};
              assertEquals(Hash.wrap(new Digest256().digest(all.toArray())), Keccak.hash(parts));
              assertEquals(Keccak.hash(all.toArray()), Keccak.hash(parts));
              assertEquals(Hash.wrap(Sha256.digest().digest(all.toArray())), Sha256.hash(parts));
              assertEquals(
                  Sha256.hash(all.slice(cut)), Sha256.hash(all.toArray(), cut, all.size() - cut));
              byte[] target = new byte[40];
              Sha256.hashPrefixed((byte) 7, all.toArray(), cut, all.size() - cut, target, 3);
              assertEquals(
                  Sha256.hash(Bytes.of((byte) 7), all.slice(cut)),
                  new Hash(Bytes.copyOf(target, 3, 32)));
            });
  }

  @Test
  void hashesEachOfSeveralBlocks() {
    Property.named("hashes of blocks")
        .runs(100)
        .check(
            choices -> {
              int block = choices.between(1, 600);
              int count = choices.between(0, 9);
              Bytes all = Bytes.wrap(choices.bytes(2 + block * count));
              byte[] target = new byte[3 + 32 * count];
              Sha256.hashEachPrefixed((byte) 5, all.toArray(), 2, block, count, target, 3);
              for (int i = 0; i < count; i++) {
                assertEquals(
                    Sha256.hash(Bytes.of((byte) 5), all.slice(2 + i * block, block)),
                    new Hash(Bytes.copyOf(target, 3 + 32 * i, 32)));
              }
            });
  }

  @Test
  void foldsHashesInPlace() {
    byte[] pairs = new byte[4 * 64];
    Seeds.random(4).nextBytes(pairs);
    byte[] expected = new byte[4 * 32];
    Sha256.hashEachPrefixed((byte) 1, pairs, 0, 64, 4, expected, 0);
    Sha256.hashEachPrefixed((byte) 1, pairs, 0, 64, 4, pairs, 0);
    assertArrayEquals(expected, Arrays.copyOf(pairs, expected.length));
  }

  @Test
  void leavesNothingBehindWhenARangeIsWrong() {
    byte[] data = "abc".getBytes(StandardCharsets.UTF_8);
    Hash expected = Sha256.hash(data);
    assertThrows(IndexOutOfBoundsException.class, () -> Sha256.hash(data, 1, 3));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> Sha256.hashPrefixed((byte) 1, data, 0, 3, new byte[32], 1));
    assertThrows(IndexOutOfBoundsException.class, () -> Keccak.hash(data, 2, 2));
    assertEquals(expected, Sha256.hash(data));
  }
}
