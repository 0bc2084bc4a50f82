package org.bitcloud.primitives.wallet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.bitcloud.primitives.MalformedException;

/// Any text is either refused or opens, and costs no more than a wallet's key store may.
final class KeystoreFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void opensOrRefuses(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      Keystore.decrypt(text, "testpassword".toCharArray()).close();
    } catch (MalformedException | WrongPasswordException e) {
      return;
    }
  }
}
