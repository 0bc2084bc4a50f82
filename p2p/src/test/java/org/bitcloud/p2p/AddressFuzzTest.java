package org.bitcloud.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.junit.jupiter.api.Test;

/// Random and mutated input: a decoder either refuses it or gives a value that encodes to just the
/// same bytes.
final class AddressFuzzTest {
  private static final int ROUNDS = 100_000;
  private static final String SEED_TEXT =
      "/dns4/example.com/tcp/443/p2p/12D3KooWK99VoVxNE7XzyBwXEzW7xhK7Gpv85r9F3V3fyKSUKPH5";

  @Test
  void multiaddrBytesDecodeToThemselvesOrNotAtAll() throws MalformedException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] valid = Multiaddr.parse(SEED_TEXT).bytes().toArray();
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Bytes bytes = Bytes.wrap(mutated(valid, random));
      try {
        Multiaddr address = Multiaddr.decode(bytes);
        assertEquals(bytes, address.bytes());
        assertEquals(bytes, Multiaddr.parse(address.toString()).bytes());
        accepted++;
      } catch (MalformedException e) {
        assertTrue(e.getMessage().length() < 200);
      }
    }
    assertTrue(accepted > ROUNDS / 100, "mutations must also reach what is accepted: " + accepted);
  }

  @Test
  void multiaddrTextParsesToItsCanonicalFormOrNotAtAll() {
    SplittableRandom random = new SplittableRandom(2);
    char[] letters = "/0123456789abcdef:.dnsiptcp \u00e9\u0660%-_".toCharArray();
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder(SEED_TEXT.substring(0, random.nextInt(1, 30)));
      for (int n = random.nextInt(12); n > 0; n--) {
        text.insert(random.nextInt(text.length() + 1), letters[random.nextInt(letters.length)]);
      }
      try {
        Multiaddr address = Multiaddr.parse(text.toString());
        assertEquals(address, Multiaddr.decode(address.bytes()));
        assertEquals(address, Multiaddr.parse(address.toString()));
      } catch (MalformedException e) {
        assertTrue(e.getMessage().length() < 200);
      }
    }
  }

  @Test
  void peerIdsDecodeToThemselvesOrNotAtAll() throws MalformedException {
    SplittableRandom random = new SplittableRandom(3);
    byte[] valid =
        PeerId.parse("16Uiu2HAmLhLvBoYaoZfaMUKuibM6ac163GwKY74c5kiSLg5KvLpY").bytes().toArray();
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Bytes bytes = Bytes.wrap(mutated(valid, random));
      try {
        PeerId id = PeerId.decode(bytes);
        assertEquals(bytes, id.bytes());
        assertEquals(id, PeerId.parse(id.toString()));
        assertEquals(id, PeerId.parse(id.toCid()));
        accepted++;
      } catch (MalformedException e) {
        assertTrue(e.getMessage().length() < 200);
      }
    }
    assertTrue(accepted > ROUNDS / 100, "mutations must also reach what is accepted: " + accepted);
  }

  private static byte[] mutated(byte[] valid, SplittableRandom random) {
    if (random.nextInt(10) == 0) {
      byte[] noise = new byte[random.nextInt(Multiaddr.SIZE_MAX + 4)];
      random.nextBytes(noise);
      return noise;
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(valid.length + 1) : valid.length;
    byte[] bytes = Arrays.copyOf(valid, length);
    for (int n = random.nextInt(4); n > 0 && length > 0; n--) {
      bytes[random.nextInt(length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
