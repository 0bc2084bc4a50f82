package org.bitcloud.primitives.wallet;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.web3j.crypto.MnemonicUtils;

/// Words to remember in place of keys (BIP-39, English), from which all keys of a wallet follow.
///
/// Its text does not show the words. Safe for several threads.
public final class Mnemonic {
  private static final String STRETCHING = "PBKDF2WithHmacSHA512";
  private static final int ROUNDS = 2048;
  private static final int SEED_BYTES = 64;

  private final String phrase;
  private final Bytes seed;

  private Mnemonic(String phrase, String passphrase) {
    this.phrase = phrase;
    // Slow on purpose (2,048 rounds of HMAC), so it is done once for all keys.
    this.seed =
        Bytes.wrap(
            stretch(phrase, "mnemonic" + Normalizer.normalize(passphrase, Normalizer.Form.NFKD)));
  }

  private static byte[] stretch(String phrase, String salt) {
    var spec =
        new PBEKeySpec(
            phrase.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), ROUNDS, 8 * SEED_BYTES);
    try {
      return SecretKeyFactory.getInstance(STRETCHING).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + STRETCHING, e);
    } finally {
      spec.clearPassword();
    }
  }

  /// The mnemonic of 12, 15, 18, 21 or 24 words, in any case and spacing, without a passphrase.
  ///
  /// @throws MalformedException if a word is unknown, their number wrong, or the checksum fails
  public static Mnemonic parse(String words) throws MalformedException {
    return parse(words, "");
  }

  /// The same with a passphrase, another of which gives other keys and no error.
  ///
  /// @throws MalformedException if a word is unknown, their number wrong, or the checksum fails
  public static Mnemonic parse(String words, String passphrase) throws MalformedException {
    String phrase = words.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    int count = phrase.split(" ", -1).length;
    if (count < 12 || count > 24 || count % 3 != 0) {
      throw new MalformedException("a mnemonic has 12, 15, 18, 21 or 24 words, not " + count);
    }
    for (String word : phrase.split(" ", -1)) {
      if (!MnemonicUtils.getWords().contains(word)) {
        throw new MalformedException("not a word of BIP-39: " + word);
      }
    }
    if (!MnemonicUtils.validateMnemonic(phrase)) {
      throw new MalformedException("the mnemonic's checksum is wrong: a word or their order is");
    }
    return new Mnemonic(phrase, passphrase);
  }

  /// New words with 128 bits of entropy for 12 of them, up to 256 bits for 24.
  ///
  /// @throws IllegalArgumentException if their number is not 12, 15, 18, 21 or 24
  public static Mnemonic generate(SecureRandom random, int words) {
    if (words < 12 || words > 24 || words % 3 != 0) {
      throw new IllegalArgumentException("a mnemonic has 12, 15, 18, 21 or 24 words");
    }
    byte[] entropy = new byte[words / 3 * 4];
    random.nextBytes(entropy);
    return new Mnemonic(MnemonicUtils.generateMnemonic(entropy), "");
  }

  /// The words, one space between them: secret.
  public String phrase() {
    return phrase;
  }

  /// The seed of BIP-32, 64 bytes: secret.
  public Bytes seed() {
    return seed;
  }

  /// The key pair at the end of a path.
  public KeyPair derive(DerivationPath path) {
    ExtendedKey key = ExtendedKey.master(seed.toArray());
    for (int step : path.steps()) {
      key = key.child(step);
    }
    return key.keyPair();
  }

  /// The number of words.
  @Override
  public String toString() {
    return "Mnemonic[" + phrase.split(" ", -1).length + " words]";
  }
}
