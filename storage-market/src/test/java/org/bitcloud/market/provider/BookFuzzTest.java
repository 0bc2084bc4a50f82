package org.bitcloud.market.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// A record of the provider's book is refused or is the one form of what it says.
final class BookFuzzTest {
  private interface Decoder {
    Bytes again(Bytes value) throws MalformedException;
  }

  @FuzzTest(maxDuration = "2m")
  void recordsHaveOneForm(byte[] input) {
    Bytes value = Bytes.of(input);
    check(value, v -> BookCodec.encode(BookCodec.decodeEntry(Hash.ZERO, v, new ContractTree())));
    check(value, v -> BookCodec.encode(BookCodec.decodeUndo(v)));
    check(value, v -> BookCodec.encode(BookCodec.decodePlace(v)));
  }

  private static void check(Bytes value, Decoder decoder) {
    Bytes again;
    try {
      again = decoder.again(value);
    } catch (MalformedException e) {
      return;
    }
    assertEquals(value, again);
  }
}
