package org.bitcloud.primitives.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.KeyPair;

/// A private key in a file, encrypted with a password: Web3 Secret Storage, version 3.
///
/// Written with scrypt and AES-128-CTR, as all of Ethereum's wallets read it; PBKDF2 is read too.
public final class Keystore {
  private static final int VERSION = 3;
  private static final int TEXT_MAX = 64 * 1024;
  private static final int KEY_SIZE = 32;
  private static final int CIPHER_KEY_SIZE = 16;
  private static final String CIPHER = "aes-128-ctr";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Keystore() {}

  /// The text of a new key store.
  public static String encrypt(
      KeyPair key, char[] password, KeyDerivation.Scrypt work, SecureRandom random) {
    byte[] salt = random(random, KEY_SIZE);
    byte[] iv = random(random, CIPHER_KEY_SIZE);
    byte[] derived = work.derive(password, salt);
    byte[] privateKey = key.privateKey().toArray();
    try {
      byte[] ciphertext = crypt(Cipher.ENCRYPT_MODE, derived, iv, privateKey);
      ObjectNode root = JSON.createObjectNode();
      root.put("version", VERSION);
      root.put("id", uuid(random(random, 16)));
      root.put("address", key.address().toHex().substring(2));
      ObjectNode crypto = root.putObject("crypto");
      crypto.put("cipher", CIPHER);
      crypto.putObject("cipherparams").put("iv", hex(iv));
      crypto.put("ciphertext", hex(ciphertext));
      crypto.put("kdf", "scrypt");
      ObjectNode parameters = crypto.putObject("kdfparams");
      parameters.put("dklen", KEY_SIZE);
      parameters.put("n", work.n());
      parameters.put("r", work.r());
      parameters.put("p", work.p());
      parameters.put("salt", hex(salt));
      crypto.put("mac", hex(mac(derived, ciphertext)));
      return root.toPrettyString() + "\n";
    } finally {
      Arrays.fill(privateKey, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  /// The key pair in a key store.
  ///
  /// @throws WrongPasswordException if the password does not fit
  /// @throws MalformedException if the text is no key store that this class reads, or asks for more
  ///   work or memory than any wallet's does
  public static KeyPair decrypt(String text, char[] password)
      throws MalformedException, WrongPasswordException {
    JsonNode root = parse(text);
    JsonNode crypto = field(root, root.has("crypto") ? "crypto" : "Crypto");
    if (!word(crypto, "cipher").equals(CIPHER)) {
      throw new MalformedException("key store: cipher is not " + CIPHER);
    }
    byte[] iv = bytes(field(crypto, "cipherparams"), "iv", CIPHER_KEY_SIZE);
    byte[] ciphertext = bytes(crypto, "ciphertext", KEY_SIZE);
    byte[] mac = bytes(crypto, "mac", Hash.SIZE);
    JsonNode parameters = field(crypto, "kdfparams");
    KeyDerivation work = KeyDerivation.parse(word(crypto, "kdf"), parameters);
    byte[] derived = work.derive(password, saltOf(parameters));
    try {
      if (!MessageDigest.isEqual(mac, mac(derived, ciphertext))) {
        throw new WrongPasswordException();
      }
      KeyPair key = keyPair(crypt(Cipher.DECRYPT_MODE, derived, iv, ciphertext));
      JsonNode address = root.get("address");
      if (address != null && !address(root).equals(key.address())) {
        key.close();
        throw new MalformedException("key store: address is not that of the key");
      }
      return key;
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  /// The address that a key store says it is for, without opening it.
  ///
  /// @throws MalformedException if it is no key store or does not say
  public static Address address(String text) throws MalformedException {
    return address(parse(text));
  }

  private static Address address(JsonNode root) throws MalformedException {
    String address = word(root, "address");
    return Address.fromHex(address.startsWith("0x") ? address : "0x" + address);
  }

  private static JsonNode parse(String text) throws MalformedException {
    if (text.length() > TEXT_MAX) {
      throw new MalformedException("key store: longer than " + TEXT_MAX + " characters");
    }
    try {
      JsonNode root = JSON.readTree(text);
      if (root.path("version").asInt() != VERSION) {
        throw new MalformedException("key store: version is not 3");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new MalformedException("key store: not JSON", e);
    }
  }

  private static KeyPair keyPair(byte[] privateKey) throws MalformedException {
    try {
      return KeyPair.of(Bytes.wrap(privateKey));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("key store: holds no private key", e);
    } finally {
      Arrays.fill(privateKey, (byte) 0);
    }
  }

  private static byte[] crypt(int mode, byte[] derived, byte[] iv, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          mode, new SecretKeySpec(derived, 0, CIPHER_KEY_SIZE, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in counter mode", e);
    }
  }

  private static byte[] mac(byte[] derived, byte[] ciphertext) {
    return Keccak.hash(Bytes.copyOf(derived, CIPHER_KEY_SIZE, 16), Bytes.wrap(ciphertext))
        .toArray();
  }

  private static byte[] saltOf(JsonNode parameters) throws MalformedException {
    return bytes(parameters, "salt", -1);
  }

  private static byte[] bytes(JsonNode node, String name, int size) throws MalformedException {
    String text = word(node, name);
    Bytes bytes = Bytes.fromHex(text.startsWith("0x") ? text : "0x" + text);
    if (size >= 0 && bytes.size() != size) {
      throw new MalformedException("key store: " + name + " has not " + size + " bytes");
    }
    return bytes.toArray();
  }

  private static String word(JsonNode node, String name) throws MalformedException {
    JsonNode value = field(node, name);
    if (!value.isTextual()) {
      throw new MalformedException("key store: " + name + " is no text");
    }
    return value.textValue();
  }

  private static JsonNode field(JsonNode node, String name) throws MalformedException {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new MalformedException("key store: " + name + " is missing");
    }
    return value;
  }

  private static String hex(byte[] bytes) {
    return Bytes.wrap(bytes).toHex().substring(2);
  }

  private static byte[] random(SecureRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /// A random UUID (version 4) from 16 random bytes.
  private static String uuid(byte[] random) {
    random[6] = (byte) ((random[6] & 0x0f) | 0x40);
    random[8] = (byte) ((random[8] & 0x3f) | 0x80);
    ByteBuffer buffer = ByteBuffer.wrap(random);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }
}
