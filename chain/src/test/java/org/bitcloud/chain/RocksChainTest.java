package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.RocksDbStore;
import org.bitcloud.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chain on a real database.
class RocksChainTest {
  @TempDir Path directory;

  private KeyValueStore open() {
    return RocksDbStore.open(directory, Chain.columns(), StoreOptions.DEFAULT);
  }

  @Test
  void livesOnDiskAcrossRestarts() throws Exception {
    Block last = null;
    for (int run = 0; run < 3; run++) {
      try (KeyValueStore store = open()) {
        TestNetwork network = TestNetwork.open(store);
        if (last != null) {
          assertEquals(last.header(), network.chain.head());
        }
        last =
            network.append(
                TestNetwork.transfer(0, run, 1),
                TestNetwork.note(1, run, "run " + run, Amount.ONE));
        assertTrue(network.audit().balanced());
      }
    }
    try (KeyValueStore store = open()) {
      TestNetwork network = TestNetwork.open(store);
      VerifyReport report =
          ChainVerifier.verify(network.chain, HeaderRules.NONE, Runnable::run, VerifyProgress.NONE);
      assertEquals(new Height(3), report.head());
      assertEquals(network.stateRoot(), report.stateRoot());
    }
  }
}
