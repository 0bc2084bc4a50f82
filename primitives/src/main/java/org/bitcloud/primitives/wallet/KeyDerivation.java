package org.bitcloud.primitives.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bitcloud.primitives.MalformedException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/// How a password becomes a key, slowly on purpose.
public sealed interface KeyDerivation {
  /// The number of bytes of every derived key.
  int SIZE = 32;

  /// The key of a password, 32 bytes.
  byte[] derive(char[] password, byte[] salt);

  /// The derivation that a key store names.
  ///
  /// @throws MalformedException if it is unknown, or takes more work or memory than any wallet's
  static KeyDerivation parse(String name, JsonNode parameters) throws MalformedException {
    if (number(parameters, "dklen") != SIZE) {
      throw new MalformedException("key store: dklen is not 32");
    }
    return switch (name) {
      case "scrypt" ->
          Scrypt.parse(number(parameters, "n"), number(parameters, "r"), number(parameters, "p"));
      case "pbkdf2" -> {
        if (!parameters.path("prf").asText().equals("hmac-sha256")) {
          throw new MalformedException("key store: prf is not hmac-sha256");
        }
        yield Pbkdf2.parse(number(parameters, "c"));
      }
      default -> throw new MalformedException("key store: unknown kdf " + name);
    };
  }

  private static int number(JsonNode parameters, String name) throws MalformedException {
    JsonNode value = parameters.get(name);
    if (value == null || !value.isInt() || value.intValue() < 1) {
      throw new MalformedException("key store: " + name + " is no positive number");
    }
    return value.intValue();
  }

  private static byte[] utf8(char[] password) {
    ByteBuffer buffer = ByteBuffer.allocate(3 * password.length);
    // Half a surrogate pair is dropped; no String is made, since none can be overwritten.
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.IGNORE)
        .encode(CharBuffer.wrap(password), buffer, true);
    byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
    Arrays.fill(buffer.array(), (byte) 0);
    return bytes;
  }

  /// PBKDF2 with HMAC-SHA-256.
  private static byte[] pbkdf2(byte[] secret, byte[] salt, int rounds, int size) {
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
    generator.init(secret, salt, rounds);
    return ((KeyParameter) generator.generateDerivedMacParameters(8 * size)).getKey();
  }

  /// Scrypt, which takes 128 times n times r bytes of memory.
  ///
  /// @param n cost, a power of two from 2 to 2^20
  /// @param r block size, 1 to 32
  /// @param p how often, 1 to 16
  record Scrypt(int n, int r, int p) implements KeyDerivation {
    /// As strong as geth's default: 256 MiB and about a second.
    public static final Scrypt STANDARD = new Scrypt(1 << 18, 8, 1);

    /// As light as geth's `--lightkdf`: 4 MiB and about a tenth of a second.
    public static final Scrypt LIGHT = new Scrypt(1 << 12, 8, 6);

    private static final int MEMORY_MAX = 512 << 20;

    /// Checks bounds.
    ///
    /// @throws IllegalArgumentException if a number, or the memory of 512 MiB, is out of them
    public Scrypt {
      if (!isBounded(n, r, p)) {
        throw new IllegalArgumentException("scrypt parameters are out of bounds");
      }
    }

    private static boolean isBounded(int n, int r, int p) {
      return n >= 2
          && n <= 1 << 20
          && Integer.bitCount(n) == 1
          && r >= 1
          && r <= 32
          && p >= 1
          && p <= 16
          && 128L * n * r <= MEMORY_MAX
          && (long) n * r * p <= 1 << 23;
    }

    static Scrypt parse(int n, int r, int p) throws MalformedException {
      if (!isBounded(n, r, p)) {
        throw new MalformedException("key store: scrypt parameters are out of bounds");
      }
      return new Scrypt(n, r, p);
    }

    @Override
    public byte[] derive(char[] password, byte[] salt) {
      byte[] secret = utf8(password);
      try {
        byte[] state = pbkdf2(secret, salt, 1, 128 * r * p);
        new ScryptMemory(n, r).mix(state);
        return pbkdf2(secret, state, 1, SIZE);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  /// PBKDF2 with HMAC-SHA-256, which older wallets wrote.
  ///
  /// @param rounds 1 to 10,000,000
  record Pbkdf2(int rounds) implements KeyDerivation {
    private static final int ROUNDS_MAX = 10_000_000;

    static Pbkdf2 parse(int rounds) throws MalformedException {
      if (rounds < 1 || rounds > ROUNDS_MAX) {
        throw new MalformedException("key store: rounds of pbkdf2 are out of bounds");
      }
      return new Pbkdf2(rounds);
    }

    @Override
    public byte[] derive(char[] password, byte[] salt) {
      byte[] secret = utf8(password);
      try {
        return pbkdf2(secret, salt, rounds, SIZE);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }
}
