package org.bitcloud.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.junit.jupiter.api.Test;

final class KeyPairTest {
  private static final String KEY = "46".repeat(32);

  @Test
  void knowsItsAddressAndPublicKeys() {
    try (KeyPair key = KeyPair.of(Vectors.hex(KEY))) {
      assertEquals("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F", key.address().checksum());
      assertEquals(64, key.publicKey().size());
      assertEquals(33, key.compressedPublicKey().size());
      assertEquals(key.publicKey().slice(0, 32), key.compressedPublicKey().slice(1));
      assertEquals(2 + (key.publicKey().get(63) & 1), key.compressedPublicKey().get(0));
    }
  }

  @Test
  void neitherSignsNorTellsOnceClosed() {
    KeyPair key = KeyPair.of(Vectors.hex(KEY));
    key.close();
    assertThrows(IllegalStateException.class, () -> key.sign(Hash.ZERO));
    assertThrows(IllegalStateException.class, key::privateKey);
    assertFalse(key.toString().contains("46464646"));
  }

  @Test
  void doesNotShareTheArrayItIsMadeOf() {
    Bytes secret = Vectors.hex(KEY);
    KeyPair.of(secret).close();
    assertEquals(Vectors.hex(KEY), secret);
  }

  @Test
  void isGeneratedFromTheSourceItIsGiven() throws MalformedException {
    try (KeyPair one = KeyPair.generate(new SecureRandom());
        KeyPair other = KeyPair.generate(new SecureRandom())) {
      assertFalse(one.address().equals(other.address()));
      Signature signature = one.sign(Hash.ZERO);
      assertTrue(signature.isAcceptable());
      assertEquals(one.publicKey(), Secp256k1.get().recover(Hash.ZERO, signature));
    }
  }

  @Test
  void readsHexAndRefusesWhatIsNoKey() throws MalformedException {
    assertEquals(KeyPair.of(Vectors.hex(KEY)).address(), KeyPair.fromHex("0x" + KEY).address());
    assertThrows(MalformedException.class, () -> KeyPair.fromHex("0x00"));
    assertThrows(MalformedException.class, () -> KeyPair.fromHex("0x" + "00".repeat(32)));
    assertThrows(MalformedException.class, () -> KeyPair.fromHex(KEY));
  }

  @Test
  void signaturesAreSixtyFiveBytesWithAKnownEnd() throws MalformedException {
    Signature signature = KeyPair.of(Vectors.hex(KEY)).sign(Hash.ZERO);
    Bytes bytes = signature.toBytes65();
    assertEquals(signature, Signature.fromBytes65(bytes));
    assertThrows(MalformedException.class, () -> Signature.fromBytes65(bytes.slice(1)));
    for (int last : new int[] {0, 1, 26, 29, 255}) {
      byte[] wrong = bytes.toArray();
      wrong[64] = (byte) last;
      assertThrows(MalformedException.class, () -> Signature.fromBytes65(Bytes.wrap(wrong)));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Signature(Bytes.EMPTY, signature.s(), 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Signature(signature.r(), signature.s(), 4));
  }

  @Test
  void theNativeLibraryIsUsedWhereItLoads() {
    assertEquals("libsecp256k1", Secp256k1.get().name());
    assertEquals("BouncyCastle", Secp256k1.bouncyCastle().name());
  }
}
