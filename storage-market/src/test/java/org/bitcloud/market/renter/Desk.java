package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.reader.ObjectReader;
import org.bitcloud.market.reader.StoredObject;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.testkit.Seeds;

/// A user at a desk: files on a disk and a renter to store them with.
final class Desk {
  final TestMarket market;
  final Path folder;

  Desk(TestMarket market, Path folder) {
    this.market = market;
    this.folder = folder;
  }

  Path file(String name, int size) throws Exception {
    byte[] bytes = new byte[size];
    Seeds.random(size + name.hashCode()).nextBytes(bytes);
    return Files.write(folder.resolve(name), bytes);
  }

  Renter renter() throws MarketException {
    return market.renter(folder.resolve("home"));
  }

  PutResult put(Path file, PutOptions options) throws MarketException {
    return renter().put(PutSource.file(file), options, Progress.NONE);
  }

  /// Checks that a stranger gets the same bytes back.
  void assertReadable(PutResult put, Path file) throws Exception {
    byte[] content = Files.readAllBytes(file);
    assertEquals(Sha256.hash(Bytes.wrap(content)), put.sha256());
    try (ObjectReader reader = market.reader()) {
      StoredObject object =
          put.key() == null ? reader.open(put.id()) : reader.open(put.id(), put.key());
      try (InputStream in = object.read(0, object.size())) {
        assertArrayEquals(content, in.readAllBytes());
      }
    }
  }

  Amount balance() throws Exception {
    return market.ledger.balance(TestMarket.key("renter").address());
  }

  /// Contracts of the renter that still lock escrow.
  long running() throws Exception {
    StorageClient chain = new StorageClient(market.ledger);
    long running = 0;
    for (Hash id : chain.contractsOf(TestMarket.key("renter").address())) {
      if (!chain.contract(id).orElseThrow().books().escrow().isZero()) {
        running++;
      }
    }
    return running;
  }
}
