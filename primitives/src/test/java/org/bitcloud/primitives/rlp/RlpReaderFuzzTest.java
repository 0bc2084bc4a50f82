package org.bitcloud.primitives.rlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// Any bytes are either refused or the one encoding of what they mean.
final class RlpReaderFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void readsCanonicallyOrRefuses(byte[] input) {
    Bytes bytes = Bytes.of(input);
    Object item;
    try {
      RlpReader reader = RlpReader.of(bytes);
      item = RlpAnything.read(reader);
      reader.end();
    } catch (MalformedException e) {
      return;
    }
    assertEquals(bytes, RlpWriter.encode(writer -> RlpAnything.write(writer, item)));
  }
}
