package org.bitcloud.market.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.junit.jupiter.api.Test;

/// Strangers write manifests: whatever the bytes, they are refused or say exactly one thing.
final class ManifestFuzzTest {
  private static final int ROUNDS = 20_000;

  @Test
  void noiseIsRefused() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      if (noise.length > 2 && random.nextBoolean()) {
        // A list of the right length with the right format, so that more is looked at.
        noise[0] = (byte) 0xf8;
        noise[1] = (byte) (noise.length - 2);
        noise[2] = (byte) (1 + random.nextInt(2));
      }
      assertFalse(decode(Bytes.wrap(noise)));
    }
  }

  @Test
  void mutatedManifestsAreRefusedOrEncodeToThemselves() {
    byte[] valid = ManifestTest.manifest(2, 6, 1500, "text/plain", "a.txt").encode().toArray();
    SplittableRandom random = new SplittableRandom(1);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int length = random.nextInt(8) == 0 ? random.nextInt(valid.length + 9) : valid.length;
      byte[] mutated = Arrays.copyOf(valid, length);
      for (int n = random.nextInt(4); n > 0 && length > 0; n--) {
        int bound = random.nextBoolean() ? Math.min(length, 80) : length;
        mutated[random.nextInt(bound)] = (byte) random.nextInt(256);
      }
      accepted += decode(Bytes.wrap(mutated)) ? 1 : 0;
    }
    assertTrue(accepted > ROUNDS / 20, "mutations must also reach what is accepted: " + accepted);
  }

  private static boolean decode(Bytes bytes) {
    try {
      var _ = Manifest.isSealed(bytes);
      Bytes trimmed = Manifest.trim(bytes);
      assertTrue(trimmed.size() <= bytes.size());
    } catch (MalformedException e) {
      assertTrue(e.getMessage().length() < 200);
    }
    try {
      assertEquals(bytes, Manifest.decode(bytes).encode());
      return true;
    } catch (MalformedException e) {
      assertTrue(e.getMessage().length() < 200);
      return false;
    }
  }
}
