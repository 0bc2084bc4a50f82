package org.bitcloud.node.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.bitcloud.node.gateway.ByteRange.Wanted;
import org.junit.jupiter.api.Test;

final class ByteRangeTest {
  private static Wanted range(String header) {
    return ByteRange.of(Optional.of(header), 1000);
  }

  private static void assertPart(long offset, long length, String header) {
    assertEquals(new Wanted.Part(new ByteRange(offset, length)), range(header));
  }

  @Test
  void readsClosedOpenAndSuffixRanges() {
    assertPart(0, 1, "bytes=0-0");
    assertPart(10, 90, "bytes=10-99");
    assertPart(900, 100, "bytes=900-");
    assertPart(990, 10, "bytes=-10");
    assertPart(0, 1000, "bytes=-5000");
    assertPart(999, 1, "bytes=999-123456");
  }

  @Test
  void givesTheWholeWhereNothingUsableIsAsked() {
    assertInstanceOf(Wanted.Whole.class, ByteRange.of(Optional.empty(), 1000));
    for (String header : new String[] {"bytes=-", "bytes=5-4", "bytes=0-1,5-6", "lines=0-1", ""}) {
      assertInstanceOf(Wanted.Whole.class, range(header), header);
    }
  }

  @Test
  void refusesWhatLiesBehindTheEnd() {
    assertInstanceOf(Wanted.Unsatisfiable.class, range("bytes=1000-"));
    assertInstanceOf(Wanted.Unsatisfiable.class, range("bytes=-0"));
    assertInstanceOf(Wanted.Unsatisfiable.class, ByteRange.of(Optional.of("bytes=0-"), 0));
  }

  @Test
  void namesItsPlace() {
    assertEquals("bytes 10-99/1000", new ByteRange(10, 90).contentRange(1000));
  }
}
