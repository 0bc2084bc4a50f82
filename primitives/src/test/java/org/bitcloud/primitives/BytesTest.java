package org.bitcloud.primitives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BytesTest {
  @Test
  void copiesWhatItIsMadeOf() {
    byte[] array = {1, 2, 3};
    Bytes bytes = Bytes.of(array);
    array[0] = 9;
    bytes.toArray()[1] = 9;
    assertEquals(Vectors.hex("010203"), bytes);
  }

  @Test
  void behavesLikeTheArrayItHolds() {
    Property.named("bytes and arrays")
        .runs(300)
        .check(
            choices -> {
              byte[] array = choices.bytesUpTo(40);
              int start = choices.between(0, array.length);
              int length = choices.between(0, array.length - start);
              byte[] part = Arrays.copyOfRange(array, start, start + length);
              Bytes slice = Bytes.of(array).slice(start, length);
              assertArrayEquals(part, slice.toArray());
              assertEquals(Bytes.of(part), slice);
              assertEquals(Bytes.of(part).hashCode(), slice.hashCode());
              assertEquals(slice, slice.compact());
              assertArrayEquals(part, slice.compact().unsafeArray());
              assertEquals(slice, Bytes.fromHex(slice.toHex()));
              assertEquals(
                  Bytes.of(array),
                  Bytes.concat(
                      Bytes.of(array).slice(0, start),
                      slice,
                      Bytes.of(array).slice(start + length)));
              byte[] buffer = new byte[length];
              slice.asByteBuffer().get(buffer);
              assertArrayEquals(part, buffer);
              assertEquals(
                  Integer.signum(Arrays.compareUnsigned(part, array)),
                  Integer.signum(slice.compareTo(Bytes.of(array))));
            });
  }

  @Test
  void ordersBytesAsUnsignedAndPrefixesFirst() {
    assertTrue(Vectors.hex("7f").compareTo(Vectors.hex("80")) < 0);
    assertTrue(Vectors.hex("7f").compareTo(Vectors.hex("7f00")) < 0);
    assertTrue(Vectors.hex("0102ff").startsWith(Vectors.hex("0102")));
    assertNotEquals(Vectors.hex("00"), Bytes.EMPTY);
  }

  @Test
  void matchesAPlaceInAnArray() {
    Bytes bytes = Vectors.hex("000102").slice(1, 2);
    assertTrue(bytes.matches(new byte[] {9, 1, 2}, 1));
    assertFalse(bytes.matches(new byte[] {9, 1, 2}, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.matches(new byte[] {9, 1, 2}, 2));
  }

  @Test
  void refusesRangesOutside() {
    Bytes bytes = Vectors.hex("010203").slice(1, 2);
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.get(2));
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.get(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.slice(1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.copyTo(1, new byte[9], 0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.wrap(new byte[3], 2, 2));
  }

  @Test
  void sharesWhatCannotDiffer() {
    assertSame(Bytes.EMPTY, Bytes.of());
    assertSame(Bytes.EMPTY, Bytes.wrap(new byte[0]));
    assertSame(Bytes.EMPTY, Vectors.hex("0102").slice(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x0", "00", "0xzz", "0x0g", "x00", " 0x00", "0x-1", "0x０1"})
  void refusesWhatIsNotHex(String text) {
    assertThrows(MalformedException.class, () -> Bytes.fromHex(text));
  }
}
