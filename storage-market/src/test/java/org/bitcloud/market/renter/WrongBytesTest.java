package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.OddSectors;
import org.bitcloud.market.PipeWire;
import org.bitcloud.market.TestMarket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Providers and networks that change bytes: the reader finds out before anybody sees them.
class WrongBytesTest {
  private static final int SIZE = 9_000_000;

  @TempDir Path folder;

  private static List<OddSectors> liars(TestMarket market, int count) throws Exception {
    List<OddSectors> liars = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      liars.add(market.makeOdd(market.node(i)));
    }
    liars.forEach(liar -> liar.lies = true);
    return liars;
  }

  @Test
  void kHonestProvidersAreEnough() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", SIZE);
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      assertEquals(2, put.erasure().dataShards());
      List<OddSectors> liars = liars(market, 4);
      Path copy = folder.resolve("copy");
      GetResult got = desk.renter().get(put.id(), copy, Progress.NONE);
      assertEquals(put.sha256(), got.sha256());
      assertEquals(-1, Files.mismatch(file, copy));
      // Those who were caught are named, and nobody else is.
      assertFalse(got.warnings().isEmpty());
      for (String warning : got.warnings()) {
        assertTrue(warning.contains("wrong bytes"), warning);
        assertTrue(
            market.nodes().subList(0, 4).stream()
                .anyMatch(node -> warning.contains(node.key.address().toString())),
            warning);
      }
      assertTrue(liars.stream().anyMatch(liar -> liar.reads.get() > 0));
    }
  }

  @Test
  void fewerThanKHonestOnesFailAndNothingWrongGetsOut() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", SIZE);
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      List<OddSectors> _ = liars(market, 5);
      Renter renter = desk.renter();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MarketException e =
          assertThrows(
              MarketException.class,
              () -> renter.get(put.id(), 100, SIZE - 100, out, Progress.NONE));
      assertEquals(MarketError.TOO_FEW_SHARDS, e.error());
      assertTrue(
          e.getMessage().contains("needs 2 of 6 shards, only 1 is there, 1 is missing"),
          e.getMessage());
      for (TestMarket.Node liar : market.nodes().subList(0, 5)) {
        assertTrue(
            e.getMessage().contains(liar.key.address() + " (provider answered with wrong bytes"),
            e.getMessage());
      }
      assertEquals(0, out.size());
      Path copy = folder.resolve("copy");
      MarketException again =
          assertThrows(MarketException.class, () -> renter.get(put.id(), copy, Progress.NONE));
      assertEquals(MarketError.TOO_FEW_SHARDS, again.error());
      assertFalse(Files.exists(copy));
      assertEquals(0, Files.size(folder.resolve("copy.part")));
    }
  }

  @Test
  void whenProvidersTurnWhileItIsReadOnlyRightBytesHaveGotOut() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", SIZE);
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      List<OddSectors> odd = liars(market, 3);
      odd.forEach(one -> one.lies = false);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Progress turn = state -> odd.forEach(one -> one.lies = state.bytesDone() > 0);
      MarketException e =
          assertThrows(
              MarketException.class, () -> desk.renter().get(put.id(), 0, SIZE, out, turn));
      assertEquals(MarketError.TOO_FEW_SHARDS, e.error());
      assertTrue(out.size() > 0 && out.size() < SIZE, "bytes: " + out.size());
      assertArrayEquals(Arrays.copyOf(Files.readAllBytes(file), out.size()), out.toByteArray());
    }
  }

  @Test
  void aBitThatChangesOnTheWayCostsOneMoreRequest() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", SIZE);
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      // In the hello, in manifests, in proofs and in data.
      for (long position : new long[] {0, 3, 40, 300, 5_000, 100_000, 500_000}) {
        for (int i = 0; i < 2; i++) {
          market.wire.fault(market.endpoint(i), PipeWire.Fault.flip(position, 1));
        }
        desk.assertReadable(put, file);
      }
    }
  }

  @Test
  void aProviderThatLiesAboutTheManifestIsNotBelieved() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 10_000);
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      List<OddSectors> liars = liars(market, 3);
      liars.getLast().lies = false;
      desk.assertReadable(put, file);
      liars.getLast().lies = true;
      MarketException e = assertThrows(MarketException.class, () -> market.reader().open(put.id()));
      assertEquals(MarketError.OBJECT_UNKNOWN, e.error());
      assertTrue(e.getMessage().contains("0 of 3 answered"), e.getMessage());
    }
  }

  @Test
  void damageThatAProviderFindsHalfWayThroughAnAnswerIsToldAndGotAround() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", SIZE);
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      OddSectors damaged = market.makeOdd(market.node(0));
      // The last piece of the first slab has leaves on both sides.
      damaged.damagedFrom = 6_000;
      for (int i = 1; i < 3; i++) {
        market.stop(market.node(i));
      }
      Renter renter = desk.renter();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MarketException e =
          assertThrows(
              MarketException.class, () -> renter.get(put.id(), 0, SIZE, out, Progress.NONE));
      assertEquals(MarketError.TOO_FEW_SHARDS, e.error());
      assertTrue(e.getMessage().contains("stored sector is damaged"), e.getMessage());
      assertFalse(market.node(0).provider().report().damaged().isEmpty());
      for (int i = 1; i < 3; i++) {
        market.start(market.node(i));
      }
      desk.assertReadable(put, file);
    }
  }
}
