package org.bitcloud.primitives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
  /// The examples of EIP-55.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
      })
  void writesAndChecksTheChecksumOfAddresses(String text) throws MalformedException {
    Address address = Address.fromHex(text);
    assertEquals(text, address.checksum());
    assertEquals(address, Address.fromHex(text.toLowerCase(Locale.ROOT)));
    assertEquals(address, Address.fromHex("0x" + text.substring(2).toUpperCase(Locale.ROOT)));
    assertEquals(text.toLowerCase(Locale.ROOT), address.toHex());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed",
        "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed00",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1bea",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaedff",
        ""
      })
  void refusesAddressesThatAreMistyped(String text) {
    assertThrows(MalformedException.class, () -> Address.fromHex(text));
  }

  @Test
  void holdsSizesExactly() {
    assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> Address.of(new byte[21]));
    assertThrows(
        IllegalArgumentException.class, () -> Address.ofPublicKey(Bytes.wrap(new byte[65])));
    assertThrows(MalformedException.class, () -> Hash.fromHex("0x00"));
    assertTrue(Hash.of(new byte[32]).isZero());
  }

  @Test
  void countsHeights() {
    Height ten = Height.of(10);
    assertEquals(Height.of(11), ten.next());
    assertEquals(Height.of(7), ten.minus(3));
    assertEquals(3, ten.minus(Height.of(7)));
    assertTrue(Height.GENESIS.isBefore(ten));
    assertThrows(IllegalArgumentException.class, () -> Height.GENESIS.minus(1));
    assertThrows(ArithmeticException.class, () -> Height.of(Long.MAX_VALUE).next());
  }

  @Test
  void stopsAtABrokenInvariant() {
    Invariant.check(true, "holds");
    InvariantViolation violation =
        assertThrows(InvariantViolation.class, () -> Invariant.check(false, "sum is conserved"));
    assertEquals("sum is conserved", violation.getMessage());
  }
}
