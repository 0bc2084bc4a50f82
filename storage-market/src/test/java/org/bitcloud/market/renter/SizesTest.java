package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects of the sizes at which something begins or ends.
class SizesTest {
  @TempDir Path folder;

  @Test
  void objectsOfEverySizeComeBack() throws Exception {
    // Four providers make 2 of 4: a slab has 8 MiB.
    int slab = 2 * Sector.BYTES;
    try (TestMarket market = TestMarket.start(4)) {
      Desk desk = new Desk(market, folder);
      Renter renter = desk.renter();
      for (int size : new int[] {0, 1, 63, 64, 65, 512, Sector.BYTES, slab - 1, slab, slab + 1}) {
        Path file = desk.file("f" + size, size);
        PutResult put = desk.put(file, PutOptions.DEFAULT);
        assertEquals(size, put.bytes());
        Path copy = folder.resolve("copy" + size);
        GetResult got = renter.get(put.id(), copy, Progress.NONE);
        assertEquals(size, got.bytes());
        assertEquals(put.sha256(), got.sha256());
        assertEquals(-1, Files.mismatch(file, copy), "size " + size);
        assertEquals(List.of(), got.warnings());
      }
    }
  }

  @Test
  void anEmptyObjectIsListedVerifiedAndRemoved() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      PutResult put = desk.put(desk.file("empty", 0), PutOptions.DEFAULT.withPrivate(true));
      assertEquals(Sha256.hash(Bytes.EMPTY), put.sha256());
      Renter renter = desk.renter();
      assertEquals(0, renter.list().getFirst().entry().size());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertEquals(0, renter.get(put.id(), 0, 0, out, Progress.NONE).bytes());
      assertEquals(0, out.size());
      MarketException outside =
          assertThrows(MarketException.class, () -> renter.get(put.id(), 0, 1, out, Progress.NONE));
      assertEquals(MarketError.RANGE_OUTSIDE, outside.error());
      // The manifest is all there is, and it is proven like anything else.
      market.nextWindow(market.nodes());
      market.nextWindow(market.nodes());
      for (ContractReport contract : renter.contracts()) {
        assertEquals(1, contract.status().frozen().sectors());
        assertEquals(1, contract.windowsProven());
      }
      assertEquals(3, renter.remove(put.id(), Progress.NONE).contracts());
      // The open window is still paid for.
      market.nextWindow(market.nodes());
      market.nextWindow(market.nodes());
      assertEquals(0, desk.running());
    }
  }

  /// A stream that gives a few bytes at a time and says nothing of its length.
  private static InputStream trickle(byte[] content) {
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 4_099));
      }

      @Override
      public synchronized byte[] readAllBytes() {
        throw new AssertionError("the whole stream in memory");
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private long filesIn(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("unfinished"))) {
      return files.count();
    }
  }

  @Test
  void streamsOfUnknownLengthAreStored() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Renter renter = market.renter(folder.resolve("home"));
      for (int size : new int[] {0, 1, 4_099, Sector.BYTES + 1}) {
        byte[] content = new byte[size];
        Seeds.random(size).nextBytes(content);
        PutResult put =
            renter.put(PutSource.stream(trickle(content)), PutOptions.DEFAULT, Progress.NONE);
        assertEquals(size, put.bytes());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GetResult _ = renter.get(put.id(), 0, size, out, Progress.NONE);
        assertArrayEquals(content, out.toByteArray());
        // Neither journal nor copy stays behind.
        assertEquals(0, filesIn(folder.resolve("home")));
      }
    }
  }

  @Test
  void aStreamThatBreaksStoresNothingAndCostsNothing() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      var before = desk.balance();
      InputStream broken =
          new InputStream() {
            private int left = 10_000;

            @Override
            public int read() throws IOException {
              if (left-- == 0) {
                throw new IOException("the cable was pulled");
              }
              return 7;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
              target[offset] = (byte) read();
              return 1;
            }
          };
      MarketException e =
          assertThrows(
              MarketException.class,
              () -> desk.renter().put(PutSource.stream(broken), PutOptions.DEFAULT, Progress.NONE));
      assertEquals(MarketError.SOURCE_UNREADABLE, e.error());
      assertTrue(e.getMessage().contains("the cable was pulled"), e.getMessage());
      assertEquals(before, desk.balance());
      assertEquals(0, filesIn(folder.resolve("home")));
    }
  }
}
