package org.bitcloud.node.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseMemoryTest {
  @ParameterizedTest
  @CsvSource({"64, 256", "768, 256", "1028, 257", "6144, 1536", "16384, 4096", "1048576, 4096"})
  void followsTheHeapWithinBounds(long heapMib, long databaseMib) {
    assertEquals(databaseMib, DatabaseMemory.mib(heapMib << 20));
  }
}
