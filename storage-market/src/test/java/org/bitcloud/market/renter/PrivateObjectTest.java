package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.reader.ObjectReader;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A private object is for its owner: neither others nor the providers learn what is in it.
class PrivateObjectTest {
  private static final String SECRET = "the treasure lies under the old oak; ";
  private static final PutOptions PRIVATE =
      PutOptions.DEFAULT.withPrivate(true).withName("treasure map.txt", "text/plain");

  @TempDir Path folder;

  private static MarketError errorOf(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(MarketException.class, action).error();
  }

  @Test
  void onlyItsOwnerReadsIt() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      byte[] content = SECRET.repeat(5_000).getBytes(StandardCharsets.UTF_8);
      Path file = Files.write(folder.resolve("map"), content);
      PutResult put = desk.put(file, PRIVATE);
      assertNotNull(put.key());
      desk.assertReadable(put, file);

      // By the index of the account that stored it.
      Path copy = folder.resolve("copy");
      GetResult got = desk.renter().get(put.id(), copy, Progress.NONE);
      assertEquals(Sha256.hash(Bytes.wrap(content)), got.sha256());
      assertArrayEquals(content, Files.readAllBytes(copy));
      assertEquals("treasure map.txt", desk.renter().object(put.id()).name());

      assertClosedToOthers(market, put);
      assertNothingIsLegible(market, content);
    }
  }

  private void assertClosedToOthers(TestMarket market, PutResult put) throws Exception {
    Renter other = market.renter(folder.resolve("other"), "settler");
    Path stolen = folder.resolve("stolen");
    assertEquals(
        MarketError.KEY_REQUIRED, errorOf(() -> other.get(put.id(), stolen, Progress.NONE)));
    assertFalse(Files.exists(stolen));
    assertEquals(MarketError.KEY_REQUIRED, errorOf(() -> other.verify(put.id(), 1)));
    assertEquals(MarketError.OBJECT_UNKNOWN, errorOf(() -> other.remove(put.id(), Progress.NONE)));
    try (ObjectReader reader = market.reader()) {
      assertEquals(MarketError.KEY_REQUIRED, errorOf(() -> reader.open(put.id())));
      Bytes wrong = OwnerKeys.ofManifest(TestMarket.key("settler"), Hash.ZERO, 1);
      assertEquals(MarketError.KEY_REQUIRED, errorOf(() -> reader.open(put.id(), wrong)));
    }
  }

  // Whatever any provider has on its disks, as whole sectors.
  private static void assertNothingIsLegible(TestMarket market, byte[] content) {
    int sectors = 0;
    for (TestMarket.Node node : market.nodes()) {
      for (Hash root : node.sectors.roots()) {
        byte[] stored = node.sectors.read(root, 0, Sector.LEAVES).data().toArray();
        String text = new String(stored, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("treasure"), "a provider can read it");
        assertFalse(Bytes.wrap(stored).slice(0, 512).equals(Bytes.wrap(content).slice(0, 512)));
        sectors++;
      }
    }
    assertEquals(6, sectors);
  }

  @Test
  void thePublicTwinOfAPrivateObjectHasAnotherIdAndOtherSectors() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 70_000);
      PutResult hidden = desk.put(file, PRIVATE);
      PutResult open = desk.put(file, PutOptions.DEFAULT);
      assertEquals(hidden.sha256(), open.sha256());
      assertNotEquals(hidden.id(), open.id());
      assertTrue(open.key() == null);
      // Two objects of one data and one manifest sector each, and nothing in common.
      for (TestMarket.Node node : market.nodes()) {
        assertEquals(4, node.sectors.usedSectors());
      }
      desk.assertReadable(open, file);
      desk.assertReadable(hidden, file);
    }
  }
}
