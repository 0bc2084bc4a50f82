package org.bitcloud.market.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

final class KeystreamTest {
  private static final Bytes KEY = Bytes.wrap(new byte[32]);

  @Test
  void anyRangeIsDecryptedAlone() {
    int size = 100_000;
    byte[] whole = new byte[size];
    Keystream stream = Keystream.ofSlab(KEY);
    stream.apply(0, new byte[size], 0, whole, 0, size);
    Property.named("keystream at any position")
        .check(
            choices -> {
              int from = choices.between(0, size);
              int length = choices.between(0, Math.min(40_000, size - from));
              byte[] part = new byte[length + 2];
              stream.apply(from, new byte[length], 0, part, 1, length);
              assertArrayEquals(
                  Arrays.copyOfRange(whole, from, from + length),
                  Arrays.copyOfRange(part, 1, length + 1));
            });
  }

  @Test
  void theSameArrayMayBeInputAndOutput() {
    byte[] text =
        "forty-two bytes that are masked in place.."
            .repeat(1000)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = text.clone();
    Keystream stream = Keystream.ofShard(KEY, 254);
    stream.apply(7, bytes, 0, bytes, 0, bytes.length);
    stream.apply(7, bytes, 0, bytes, 0, bytes.length);
    assertArrayEquals(text, bytes);
  }

  @Test
  void refusesShardsAndRangesThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> Keystream.ofShard(KEY, 255));
    assertThrows(IllegalArgumentException.class, () -> Keystream.ofShard(KEY, -1));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> Keystream.ofSlab(KEY).apply(0, new byte[4], 1, new byte[4], 0, 4));
  }
}
