package org.bitcloud.chain.file;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Any bytes are read as a snapshot or refused with a reason, within their own size.
final class SnapshotFileFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void readsOrRefuses(byte[] input) {
    try {
      SnapshotFileReader reader = SnapshotFileReader.open(new ByteArrayInputStream(input));
      while (!reader.next().isEmpty()) {
        assertTrue(reader.bytes() <= input.length);
      }
    } catch (IOException e) {
      assertTrue(e instanceof ChainFileException && e.getMessage() != null, e.toString());
    }
  }
}
