package org.bitcloud.market.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// What a provider says is a manifest, open or sealed, is refused or says exactly one thing.
final class StoredManifestFuzzTest {
  // The key of the sealed seeds: bytes 64 to 95, as in the golden file.
  private static final Bytes KEY = key();

  private static Bytes key() {
    byte[] key = new byte[SlabKeys.KEY_BYTES];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (64 + i);
    }
    return Bytes.wrap(key);
  }

  @FuzzTest(maxDuration = "2m")
  void decodesOneThingOrRefuses(byte[] input) {
    Bytes stored = Bytes.of(input);
    try {
      Bytes trimmed = Manifest.trim(stored);
      assertTrue(trimmed.size() <= stored.size());
      assertEquals(stored.slice(0, trimmed.size()), trimmed);
    } catch (MalformedException e) {
      assertFalse(e.getMessage().isEmpty());
    }
    try {
      assertEquals(stored, Manifest.decode(stored).encode());
    } catch (MalformedException e) {
      assertFalse(e.getMessage().isEmpty());
    }
  }

  @FuzzTest(maxDuration = "2m")
  void opensWhatWasSealedOrRefuses(byte[] input) {
    Bytes stored = Bytes.of(input);
    Bytes plain;
    try {
      plain = SealedManifest.open(stored, KEY);
    } catch (MalformedException e) {
      return;
    }
    // Nobody without the key makes such bytes, and they have one form only.
    Bytes nonce = stored.slice(stored.size() - plain.size() - 16 - nonceDistance(plain), 12);
    assertEquals(stored, SealedManifest.seal(plain, KEY, nonce.toArray()));
    byte[] changed = input.clone();
    changed[changed.length - 1] ^= 1;
    assertFalse(isOpened(Bytes.wrap(changed)));
    assertFalse(isOpened(Bytes.wrap(Arrays.copyOf(input, input.length - 1))));
  }

  // From the nonce to the sealed bytes: the nonce and the header of the string behind it.
  private static int nonceDistance(Bytes plain) {
    int sealed = plain.size() + 16;
    int header =
        sealed < 56 ? 1 : 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(sealed) + 7) / 8;
    return 12 + header;
  }

  private static boolean isOpened(Bytes stored) {
    try {
      var _ = SealedManifest.open(stored, KEY);
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }
}
