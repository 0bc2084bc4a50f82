package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.OddSectors;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Going on with a `get` that was interrupted half way.
class ResumeTest {
  private static final int SIZE = 21_000_000;

  @TempDir Path folder;

  /// An object whose `get` broke off half way, because all providers went away.
  private final class Broken implements AutoCloseable {
    final TestMarket market = TestMarket.start(3);
    final Desk desk = new Desk(market, folder);
    final Path file = desk.file("a", SIZE);
    final Path copy = folder.resolve("copy");
    final Path part = folder.resolve("copy.part");
    final PutResult put = desk.put(file, PutOptions.DEFAULT);
    final List<OddSectors> sectors;

    Broken() throws Exception {
      for (TestMarket.Node node : market.nodes()) {
        OddSectors _ = market.makeOdd(node);
      }
      sectors = market.nodes().stream().map(node -> (OddSectors) node.sectors).toList();
      Progress half =
          state -> {
            boolean isHalf = state.bytesDone() > SIZE / 2;
            sectors.forEach(one -> one.lies = isHalf);
          };
      MarketException e =
          assertThrows(MarketException.class, () -> desk.renter().get(put.id(), copy, half));
      assertEquals(MarketError.TOO_FEW_SHARDS, e.error());
      assertFalse(Files.exists(copy));
      sectors.forEach(one -> one.lies = false);
      sectors.forEach(one -> one.rootsRead.clear());
    }

    GetResult get() throws MarketException {
      // Another process, later: it has forgotten whom it blamed.
      return desk.renter().get(put.id(), copy, Progress.NONE);
    }

    void assertWhole(GetResult got) throws Exception {
      assertEquals(put.sha256(), got.sha256());
      assertEquals(-1, Files.mismatch(file, copy));
      assertFalse(Files.exists(part));
      assertFalse(Files.exists(folder.resolve("copy.part.note")));
    }

    @Override
    public void close() {
      market.close();
    }
  }

  @Test
  void itGoesOnWhereItWas() throws Exception {
    try (Broken broken = new Broken()) {
      long there = Files.size(broken.part);
      assertTrue(there > SIZE / 2 && there < SIZE, "bytes: " + there);
      GetResult got = broken.get();
      assertEquals(there, got.resumedFrom());
      assertEquals(SIZE - there, got.bytes());
      assertEquals(List.of(), got.warnings());
      broken.assertWhole(got);
      // Of the slabs that were there as a whole nobody was asked for a single leaf again.
      var slabs = broken.desk.renter().object(broken.put.id()).manifest().slabs();
      for (var slab : slabs.subList(0, (int) (there / Sector.BYTES))) {
        for (int i = 0; i < 3; i++) {
          Hash root = slab.shards().get(i).root();
          assertTrue(broken.sectors.stream().noneMatch(one -> one.rootsRead.contains(root)));
        }
      }
    }
  }

  @Test
  void aPartThatWasChangedIsNoticedAndFetchedAgain() throws Exception {
    try (Broken broken = new Broken()) {
      try (FileChannel channel = FileChannel.open(broken.part, StandardOpenOption.WRITE)) {
        int _ = channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 1_234_567);
      }
      GetResult got = broken.get();
      assertEquals(0, got.resumedFrom());
      assertTrue(got.warnings().getFirst().contains("has been changed"), got.warnings().toString());
      broken.assertWhole(got);
    }
  }

  @Test
  void aPartThatWasCutIsNoticedAndFetchedAgain() throws Exception {
    try (Broken broken = new Broken()) {
      try (FileChannel channel = FileChannel.open(broken.part, StandardOpenOption.WRITE)) {
        FileChannel _ = channel.truncate(1000);
      }
      GetResult got = broken.get();
      assertEquals(0, got.resumedFrom());
      assertEquals(1, got.warnings().size());
      broken.assertWhole(got);
    }
  }

  @Test
  void bytesBehindTheNoteDoNotCount() throws Exception {
    try (Broken broken = new Broken()) {
      long there = Files.size(broken.part);
      // As a crash leaves them: written, not known to be right.
      Path _ = Files.write(broken.part, new byte[5_000_000], StandardOpenOption.APPEND);
      GetResult got = broken.get();
      assertEquals(there, got.resumedFrom());
      broken.assertWhole(got);
    }
  }

  @Test
  void theNoteOfAnotherObjectOrGarbageIsNotFollowed() throws Exception {
    try (Broken broken = new Broken()) {
      Path other = broken.desk.file("b", 30_000);
      PutResult put = broken.desk.put(other, PutOptions.DEFAULT);
      GetResult got = broken.desk.renter().get(put.id(), broken.copy, Progress.NONE);
      assertEquals(0, got.resumedFrom());
      assertEquals(-1, Files.mismatch(other, broken.copy));
      Path _ = Files.writeString(folder.resolve("copy.part.note"), "not a note");
      Path _ = Files.writeString(broken.part, "not a part");
      GetResult whole = broken.get();
      assertEquals(0, whole.resumedFrom());
      broken.assertWhole(whole);
    }
  }
}
