package org.bitcloud.chain.file;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/// Any bytes are read as a chain file or refused with a reason, within their own size.
final class ChainFileFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void readsOrRefuses(byte[] input) {
    try {
      ChainFileReader reader = ChainFileReader.open(new ByteArrayInputStream(input));
      Optional<FileBlock> block = reader.next();
      while (block.isPresent()) {
        assertTrue(reader.bytes() <= input.length);
        block = reader.next();
      }
    } catch (IOException e) {
      assertTrue(e instanceof ChainFileException && e.getMessage() != null, e.toString());
    }
  }
}
