package org.bitcloud.market.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bitcloud.market.OddSectors;
import org.bitcloud.market.Session;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.protocol.FrameWriter;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.Protocol;
import org.bitcloud.market.reader.ObjectReader;
import org.bitcloud.market.renter.Progress;
import org.bitcloud.market.renter.PutOptions;
import org.bitcloud.market.renter.PutResult;
import org.bitcloud.market.renter.PutSource;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Hash;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A peer that asks and does not read holds up itself and nobody else.
class SlowReaderTest {
  @TempDir Path folder;

  @Test
  void onePieceOfOneAnswerIsInMemoryHoweverManyAreAskedFor() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      byte[] content = new byte[Sector.BYTES];
      Seeds.random(1).nextBytes(content);
      Path file = Files.write(folder.resolve("a"), content);
      PutResult put =
          market
              .renter(folder.resolve("home"))
              .put(PutSource.file(file), PutOptions.DEFAULT, Progress.NONE);
      market.limits =
          new ProviderLimits(512, 256, 16, Duration.ofSeconds(1), Duration.ofDays(1), 0);
      TestMarket.Node node = market.node(0);
      OddSectors sectors = market.makeOdd(node);
      Hash root =
          sectors.roots().stream()
              .filter(r -> sectors.bodyLeaves(r) == Sector.LEAVES)
              .findFirst()
              .orElseThrow();
      try (Session session = market.wire.dial(node.provider().endpoint(), Duration.ofSeconds(5))) {
        FrameWriter writer = new FrameWriter(session.out());
        writer.write(new Message.Hello(Protocol.SECTOR.id()));
        // Asking on and on blocks when the provider takes no more, and fails when it gives up.
        IOException e =
            assertThrows(
                IOException.class,
                () -> {
                  for (int i = 0; i < 100_000; i++) {
                    writer.write(new Message.ReadRange(root, 0, Sector.LEAVES));
                    writer.flush();
                  }
                });
        assertTrue(e.getMessage().contains("reset"), e.getMessage());
      }
      assertEquals(1, sectors.reads.get());
      assertEquals(RequestDesk.PIECE_BYTES / Sector.LEAF_BYTES, sectors.largestRead.get());
      assertReadable(market, put, content);
    }
  }

  @Test
  void othersAreServedMeanwhile() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      byte[] content = new byte[Sector.BYTES];
      Seeds.random(2).nextBytes(content);
      Path file = Files.write(folder.resolve("a"), content);
      PutResult put =
          market
              .renter(folder.resolve("home"))
              .put(PutSource.file(file), PutOptions.DEFAULT, Progress.NONE);
      Session[] lazy = new Session[30];
      for (int i = 0; i < lazy.length; i++) {
        lazy[i] = market.wire.dial(market.endpoint(i % 3), Duration.ofSeconds(5));
        FrameWriter writer = new FrameWriter(lazy[i].out());
        writer.write(new Message.Hello(Protocol.SECTOR.id()));
        Hash root = market.node(i % 3).sectors.roots().getFirst();
        writer.write(new Message.ReadRange(root, 0, Sector.LEAVES));
        writer.flush();
      }
      assertReadable(market, put, content);
      for (Session session : lazy) {
        session.close();
      }
    }
  }

  private static void assertReadable(TestMarket market, PutResult put, byte[] content)
      throws Exception {
    try (ObjectReader reader = market.reader();
        InputStream in = reader.open(put.id()).read(0, content.length)) {
      assertArrayEquals(content, in.readAllBytes());
    }
  }
}
