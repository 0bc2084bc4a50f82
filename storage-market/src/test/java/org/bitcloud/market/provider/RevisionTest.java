package org.bitcloud.market.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TestLedger;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.StorageDigests;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.market.renter.Progress;
import org.bitcloud.market.renter.PutOptions;
import org.bitcloud.market.renter.PutResult;
import org.bitcloud.market.renter.PutSource;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who brings a revision on chain, and when.
class RevisionTest {
  private static final Duration GRACE = TestMarket.WINDOW.dividedBy(8);

  @TempDir Path folder;

  /// A provider that was stopped, with its duty done by hand at the blocks that a test makes.
  private static final class Stopped implements AutoCloseable {
    final TestMarket market;
    final Hash contract;
    final ContractBook book;
    final HeadGate heads;
    final RevisionDuty duty;

    Stopped(TestMarket market) throws Exception {
      this.market = market;
      TestMarket.Node node = market.node(0);
      contract = HandMade.make(market, node, Bytes.ofUtf8("some bytes"));
      market.stop(node);
      book = ContractBook.open(MemoryStore.open(node.medium, ContractBook.columns()));
      heads = new HeadGate(market.ledger);
      StorageClient chain = new StorageClient(market.ledger);
      duty = new RevisionDuty(chain, new TransactionSender(market.ledger, heads, node.key), book);
    }

    long after(Duration time) throws LedgerException {
      market.ledger.advance(time);
      duty.run(market.ledger.head());
      return onChain();
    }

    long onChain() throws LedgerException {
      return new StorageClient(market.ledger).contract(contract).orElseThrow().revision();
    }

    void sign(long number) {
      ContractEntry entry = book.entry(contract);
      assertNotNull(entry);
      assertNotNull(entry.newest);
      StorageRevision last = entry.newest.revision();
      StorageRevision next = new StorageRevision(contract, number, last.root(), last.sectors());
      Hash digest = new StorageDigests(market.ledger.network()).of(next);
      KeyPair provider = market.node(0).key;
      entry.newest =
          new SignedRevision(next, TestMarket.key("renter").sign(digest), provider.sign(digest));
    }

    @Override
    public void close() {
      heads.close();
    }
  }

  @Test
  void aRevisionThatTheRenterDoesNotPostIsPostedByTheProvider() throws Exception {
    try (TestMarket market = TestMarket.start(1);
        Stopped provider = new Stopped(market)) {
      assertEquals(0, provider.after(TestMarket.WINDOW.dividedBy(2)));
      assertEquals(0, provider.after(GRACE.dividedBy(2)));
      assertEquals(1, provider.after(GRACE.dividedBy(2)));
      assertEquals(1, provider.after(GRACE.dividedBy(2)));
      assertEquals(1, market.ledger.nextWindow().index());
      assertEquals(
          1,
          new StorageClient(market.ledger)
              .contract(provider.contract)
              .orElseThrow()
              .frozen()
              .sectors());
    }
  }

  @Test
  void whatIsSeenInTheFirstHalfIsPostedInTheSecond() throws Exception {
    try (TestMarket market = TestMarket.start(1);
        Stopped provider = new Stopped(market)) {
      assertEquals(0, provider.after(Duration.ofMillis(1)));
      assertEquals(0, provider.after(TestMarket.WINDOW.multipliedBy(3).dividedBy(8)));
      assertEquals(1, provider.after(GRACE));
    }
  }

  @Test
  void whatTheRenterPostedIsLeftAlone() throws Exception {
    try (TestMarket market = TestMarket.start(1)) {
      Hash contract = HandMade.make(market, market.node(0), Bytes.ofUtf8("other bytes"));
      HandMade.post(market, market.node(0), contract);
      try (Stopped provider = new Stopped(market)) {
        Address account = market.node(0).key.address();
        long nonce = market.ledger.nonce(account);
        assertEquals(0, provider.after(TestMarket.WINDOW.dividedBy(2)));
        assertEquals(1, provider.after(GRACE));
        // One transaction for the one that was left, none for the one that the renter posted.
        assertEquals(nonce + 1, market.ledger.nonce(account));
      }
    }
  }

  @Test
  void aRenterThatGoesOnSigningDoesNotPutItOff() throws Exception {
    try (TestMarket market = TestMarket.start(1);
        Stopped provider = new Stopped(market)) {
      assertEquals(0, provider.after(TestMarket.WINDOW.dividedBy(2)));
      provider.sign(2);
      assertEquals(1, provider.after(GRACE));
      provider.sign(3);
      assertEquals(1, provider.after(Duration.ofMillis(1)));
      provider.sign(4);
      assertEquals(3, provider.after(GRACE));
    }
  }

  @Test
  void aPutLateInAWindowIsPostedOnce() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      market.ledger.advance(TestMarket.WINDOW.multipliedBy(5).dividedBy(8));
      Path file = Files.writeString(folder.resolve("a"), "late");
      PutResult put =
          market
              .renter(folder.resolve("home"))
              .put(PutSource.file(file), PutOptions.DEFAULT, Progress.NONE);
      assertEquals(6, put.shardsPlaced());
      market.nextWindow(market.nodes());
      Bytes revise =
          new StorageCall.Revise(
                  new StorageRevision(Hash.ZERO, 1, Hash.ZERO, 0), Bytes.EMPTY, Bytes.EMPTY)
              .encode()
              .slice(0, 4);
      assertEquals(6, market.ledger.transactions(revise).size());
      for (TestLedger.Included one : market.ledger.transactions(revise)) {
        assertEquals(TestMarket.key("renter").address(), one.from());
        assertTrue(one.success());
      }
      // Not one transaction of anybody failed.
      assertTrue(
          market.ledger.transactions(Bytes.EMPTY).stream().allMatch(TestLedger.Included::success));
    }
  }
}
