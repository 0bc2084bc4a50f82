package org.bitcloud.primitives.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.primitives.crypto.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.MnemonicUtils;

final class MnemonicTest {
  private static final String JUNK = "test test test test test test test test test test test junk";

  static Stream<List<String>> trezor() {
    return Vectors.rows("trezor-bip39.tsv").stream().map(List::of);
  }

  @ParameterizedTest
  @MethodSource("trezor")
  void hasTheSeedsOfTrezor(List<String> row) throws MalformedException {
    Mnemonic mnemonic = Mnemonic.parse(row.get(1), "TREZOR");
    assertEquals("0x" + row.get(2), mnemonic.seed().toHex());
    assertEquals(row.get(1), MnemonicUtils.generateMnemonic(Vectors.hex(row.getFirst()).toArray()));
  }

  @Test
  void derivesTheAccountsOfEveryDevelopmentChain() throws MalformedException {
    Mnemonic mnemonic = Mnemonic.parse(JUNK);
    assertEquals(
        "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        mnemonic.derive(DerivationPath.ethereum(0, 0)).address().checksum());
    for (String[] row : Vectors.rows("ethers-derivation.tsv")) {
      KeyPair key = mnemonic.derive(DerivationPath.parse(row[0]));
      assertEquals(row[1], key.address().checksum(), row[0]);
      assertEquals(row[2], key.privateKey().toHex(), row[0]);
    }
  }

  /// One key in 256 starts with a zero byte, which careless conversions lose.
  @Test
  void keepsLeadingZerosOfKeys() throws MalformedException {
    Mnemonic mnemonic = Mnemonic.parse(JUNK);
    boolean met = false;
    for (int i = 0; i < 1000 && !met; i++) {
      KeyPair key = mnemonic.derive(DerivationPath.ethereum(3, i));
      met = key.privateKey().get(0) == 0;
      assertEquals(32, key.privateKey().size());
    }
    assertTrue(met);
  }

  @Test
  void toleratesCaseAndSpacing() throws MalformedException {
    assertEquals(
        JUNK,
        Mnemonic.parse("  " + JUNK.replace(" ", " \n ").toUpperCase(java.util.Locale.ROOT))
            .phrase());
    assertNotEquals(Mnemonic.parse(JUNK).seed(), Mnemonic.parse(JUNK, "more").seed());
    assertFalse(Mnemonic.parse(JUNK).toString().contains("junk"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "test",
        "test test test test test test test test test test test test",
        "test test test test test test test test test test test jank",
        "test test test test test test test test test test junk",
        "test test test test test test test test test test test test junk"
      })
  void refusesMistypedWords(String words) {
    assertThrows(MalformedException.class, () -> Mnemonic.parse(words));
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 15, 18, 21, 24})
  void makesNewWords(int count) throws MalformedException {
    Mnemonic made = Mnemonic.generate(new SecureRandom(), count);
    assertEquals(count, made.phrase().split(" ", -1).length);
    assertEquals(made.seed(), Mnemonic.parse(made.phrase()).seed());
    assertThrows(
        IllegalArgumentException.class, () -> Mnemonic.generate(new SecureRandom(), count + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"m", "m/0", "m/44'/60'/0'/0/0", "m/2147483647'/2147483647"})
  void writesThePathsItReads(String path) throws MalformedException {
    assertEquals(path, DerivationPath.parse(path).toString());
    assertEquals(DerivationPath.parse(path), DerivationPath.parse(path.replace('\'', 'h')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "m/",
        "44'/60'",
        "m/-1",
        "m/2147483648",
        "m/a",
        "m//0",
        "m/1''",
        "m/99999999999",
        "m/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0"
      })
  void refusesWhatIsNoPath(String path) {
    assertThrows(MalformedException.class, () -> DerivationPath.parse(path));
  }
}
