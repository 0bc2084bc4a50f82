package org.bitcloud.primitives.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.primitives.crypto.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class KeystoreTest {
  private static final KeyPair KEY = KeyPair.of(Vectors.hex("46".repeat(32)));
  private static final char[] PASSWORD = "Wolke ☁ 7".toCharArray();
  private static final KeyDerivation.Scrypt FAST = new KeyDerivation.Scrypt(16, 8, 1);

  static Stream<JsonNode> vectors() {
    return Vectors.json("ethereum-keystores.json").valueStream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void opensTheKeyStoresOfEthereum(JsonNode vector)
      throws MalformedException, WrongPasswordException {
    String text = vector.get("json").toString();
    char[] password = vector.get("password").textValue().toCharArray();
    KeyPair key = Keystore.decrypt(text, password);
    assertEquals("0x" + vector.get("priv").textValue(), key.privateKey().toHex());
  }

  /// The second and third example of RFC 7914, cut to the 32 bytes that a key store needs.
  @ParameterizedTest
  @CsvSource({
    "password, NaCl, 1024, 8, 16, "
        + "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162",
    "pleaseletmein, SodiumChloride, 16384, 8, 1, "
        + "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
  })
  void derivesKeysAsRfc7914(String password, String salt, int n, int r, int p, String key) {
    byte[] derived =
        new KeyDerivation.Scrypt(n, r, p)
            .derive(password.toCharArray(), salt.getBytes(StandardCharsets.UTF_8));
    assertEquals(Vectors.hex(key), Bytes.wrap(derived));
  }

  @Test
  void opensAKeyStoreOfEthers() throws MalformedException, WrongPasswordException {
    String text = Vectors.text("ethers-keystore.json");
    assertEquals(KEY.privateKey(), Keystore.decrypt(text, PASSWORD).privateKey());
    assertEquals(KEY.address(), Keystore.address(text));
    assertThrows(
        WrongPasswordException.class, () -> Keystore.decrypt(text, "Wolke 7".toCharArray()));
  }

  @Test
  void opensWhatItWrote() throws MalformedException, WrongPasswordException {
    String text = Keystore.encrypt(KEY, PASSWORD, FAST, new SecureRandom());
    assertFalse(text.contains("464646"));
    assertEquals(KEY.privateKey(), Keystore.decrypt(text, PASSWORD).privateKey());
    assertEquals(KEY.address(), Keystore.address(text));
    assertThrows(WrongPasswordException.class, () -> Keystore.decrypt(text, new char[0]));
    String other = Keystore.encrypt(KEY, PASSWORD, FAST, new SecureRandom());
    assertFalse(text.equals(other));
  }

  @Test
  void refusesWhatIsNoKeyStore() {
    refused("");
    refused("null");
    refused("[]");
    refused("{}");
    refused("{\"version\":3}");
    refused("{\"version\":3,\"crypto\":7}");
    refused("x".repeat(100_000));
    refused("[".repeat(60_000));
  }

  @Test
  void refusesFieldsThatAreWrong() {
    changed(root -> root.put("version", 4));
    changed(root -> root.put("address", "00"));
    changed(root -> root.put("address", "00".repeat(20)));
    changed(root -> crypto(root).put("cipher", "aes-128-cbc"));
    changed(root -> crypto(root).put("kdf", "none"));
    changed(root -> crypto(root).put("mac", "00"));
    changed(root -> crypto(root).put("ciphertext", "zz"));
    changed(root -> crypto(root).put("ciphertext", "00".repeat(31)));
    changed(root -> crypto(root).remove("kdfparams"));
    changed(root -> parameters(root).put("dklen", 64));
    changed(root -> parameters(root).put("salt", 5));
  }

  @Test
  void refusesWorkBeyondAnyWallets() {
    changed(root -> parameters(root).put("n", 1 << 21));
    changed(root -> parameters(root).put("n", 3));
    changed(root -> parameters(root).put("n", 0));
    changed(root -> parameters(root).put("n", -2));
    changed(root -> parameters(root).put("n", 1L << 40));
    changed(root -> parameters(root).put("r", 1 << 20));
    changed(root -> parameters(root).put("p", 1 << 20));
    changed(
        root -> {
          crypto(root).put("kdf", "pbkdf2");
          parameters(root).put("prf", "hmac-sha256").put("c", 1_000_000_000);
        });
    changed(
        root -> {
          crypto(root).put("kdf", "pbkdf2");
          parameters(root).put("prf", "hmac-md5").put("c", 10);
        });
    assertThrows(IllegalArgumentException.class, () -> new KeyDerivation.Scrypt(1 << 20, 32, 1));
  }

  private static void changed(Consumer<ObjectNode> change) {
    String text = Keystore.encrypt(KEY, PASSWORD, FAST, new SecureRandom());
    ObjectNode root = (ObjectNode) Vectors.parse(text);
    change.accept(root);
    refused(root.toString());
  }

  private static ObjectNode crypto(ObjectNode root) {
    return (ObjectNode) root.get("crypto");
  }

  private static ObjectNode parameters(ObjectNode root) {
    return (ObjectNode) crypto(root).get("kdfparams");
  }

  private static void refused(String text) {
    assertThrows(MalformedException.class, () -> Keystore.decrypt(text, PASSWORD));
  }
}
