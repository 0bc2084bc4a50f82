package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.reader.ObjectReader;
import org.bitcloud.market.reader.StoredObject;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutAndGetTest {
  @TempDir Path folder;

  private byte[] file(Path path, int size) throws Exception {
    byte[] bytes = new byte[size];
    Seeds.random(size).nextBytes(bytes);
    Files.write(path, bytes);
    return bytes;
  }

  @Test
  void anyTwoOfSixProvidersGiveTheFileBack() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      byte[] content = file(folder.resolve("a.bin"), 9_000_000);
      Renter renter = market.renter(folder.resolve("home"));
      PutResult put =
          renter.put(
              PutSource.file(folder.resolve("a.bin")),
              PutOptions.DEFAULT.withName("a.bin", "application/octet-stream"),
              Progress.NONE);
      assertEquals(new Erasure(2, 6), put.erasure());
      assertEquals(6, put.shardsPlaced());
      assertEquals(Sha256.hash(Bytes.wrap(content)), put.sha256());
      for (int i = 0; i < 6; i++) {
        for (int j = i + 1; j < 6; j++) {
          getFromTwo(market, put, content, i, j);
        }
      }
    }
  }

  private void getFromTwo(TestMarket market, PutResult put, byte[] content, int i, int j)
      throws Exception {
    for (int k = 0; k < 6; k++) {
      if (k != i && k != j) {
        market.stop(market.node(k));
      }
    }
    try (ObjectReader reader = market.reader()) {
      StoredObject object = reader.open(put.id());
      try (InputStream in = object.read(0, object.size())) {
        assertArrayEquals(content, in.readAllBytes());
      }
    }
    for (int k = 0; k < 6; k++) {
      if (k != i && k != j) {
        market.start(market.node(k));
      }
    }
  }
}
