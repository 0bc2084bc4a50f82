package org.bitcloud.chain.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PoolJournalTest {
  private static final long SLACK = 1_000;

  @TempDir Path folder;
  private final TestNetwork network = TestNetwork.open();
  private Path path = Path.of("");

  @BeforeEach
  void name() {
    path = folder.resolve("pool.journal");
  }

  private interface Work {
    void with(Mempool pool) throws Exception;
  }

  /// A node's life: what the journal gives back, then some work, then the end.
  private PoolJournal.Loaded live(Work work) throws Exception {
    try (Mempool pool = Mempool.open(network.chain, PoolLimits.DEFAULT);
        PoolJournal journal = PoolJournal.open(pool, path, SLACK)) {
      PoolJournal.Loaded loaded = journal.loaded().get();
      work.with(pool);
      return loaded;
    }
  }

  private static void submit(Mempool pool, SignedTransaction... transactions) {
    for (SignedTransaction transaction : transactions) {
      assertTrue(pool.submit(transaction).isAdded());
    }
  }

  @Test
  void keepsWhatWaitsAcrossRestarts() throws Exception {
    SignedTransaction gapped = TestNetwork.transfer(0, 2, 1);
    SignedTransaction first = TestNetwork.transfer(0, 0, 1);
    SignedTransaction other = TestNetwork.transfer(1, 0, 2);
    assertEquals(new PoolJournal.Loaded(0, 0, 0), live(pool -> submit(pool, gapped, first, other)));
    PoolJournal.Loaded again =
        live(
            pool -> {
              assertEquals(List.of(gapped, first, other), pool.waiting());
              assertEquals(1, pool.pendingNonce(TestNetwork.user(0)));
              submit(pool, TestNetwork.transfer(0, 1, 1));
            });
    assertEquals(new PoolJournal.Loaded(3, 0, 0), again);
    assertEquals(
        new PoolJournal.Loaded(4, 0, 0),
        live(pool -> assertEquals(3, pool.pendingNonce(TestNetwork.user(0)))));
  }

  @Test
  void trustsNothingInTheFile() throws Exception {
    SignedTransaction waits = TestNetwork.transfer(1, 0, 2);
    assertEquals(
        new PoolJournal.Loaded(0, 0, 0),
        live(pool -> submit(pool, TestNetwork.transfer(0, 0, 1), waits)));
    network.append(TestNetwork.transfer(0, 0, 1));
    try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
      out.write(new byte[] {0, 0, 0, 1, 0x52, 0x7d, 0x53, 0x51, 0}); // a zero byte, well kept
      out.write(new byte[] {0, 0, 0, 99, 7});
    }
    PoolJournal.Loaded loaded = live(pool -> assertEquals(List.of(waits), pool.waiting()));
    assertEquals(1, loaded.taken());
    assertEquals(1, loaded.damaged());
    assertTrue(loaded.refused() == 1 || loaded.refused() == 2, loaded.toString());
    assertEquals(new PoolJournal.Loaded(1, 0, 0), live(pool -> {}));
  }

  @Test
  void growsNoMoreThanWhatWaitsAllows() throws Exception {
    PoolJournal.Loaded none =
        live(
            pool -> {
              for (int nonce = 0; nonce < 100; nonce++) {
                SignedTransaction transaction = TestNetwork.transfer(0, nonce, 1);
                submit(pool, transaction);
                network.append(transaction);
              }
            });
    assertEquals(new PoolJournal.Loaded(0, 0, 0), none);
    long one = TestNetwork.transfer(0, 0, 1).size() + 8L;
    assertTrue(Files.size(path) <= SLACK + 4 * one, "of 100 there are " + Files.size(path) / one);
  }

  @Test
  void theNodeGoesOnWithoutADisk() throws Exception {
    Path nowhere = folder.resolve("no-such-folder").resolve("pool.journal");
    try (Mempool pool = Mempool.open(network.chain, PoolLimits.DEFAULT);
        PoolJournal journal = PoolJournal.open(pool, nowhere)) {
      assertEquals(new PoolJournal.Loaded(0, 0, 0), journal.loaded().get());
      submit(pool, TestNetwork.transfer(0, 0, 1));
      assertEquals(1, pool.size());
    }
    assertFalse(Files.exists(nowhere));
  }
}
