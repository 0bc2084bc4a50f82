package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.Test;

class ChainTest {
  private final TestNetwork network = TestNetwork.open();
  private final Chain chain = network.chain;

  @Test
  void beginsWithGenesis() {
    BlockHeader genesis = chain.head();
    assertEquals(Height.GENESIS, genesis.height());
    assertEquals(network.genesis.genesisHash(), genesis.parent());
    assertEquals(network.genesis.validatorsHash(), genesis.nextValidators());
    assertEquals(genesis.ref(), chain.safe());
    assertEquals(genesis.ref(), chain.finalized());
    assertEquals(Optional.of(List.of()), chain.receipts(genesis.hash()));
    assertEquals(Amount.CLOUDCOIN.times(1_000), network.balance(3));
    assertTrue(network.audit().balanced());
  }

  @Test
  void appendsABlockOfTransfers() {
    Block block = network.append(TestNetwork.transfer(0, 0, 1), TestNetwork.transfer(0, 1, 1));
    Hash hash = block.hash();
    assertEquals(block.header(), chain.head());
    assertEquals(new Heads(block.header(), block.ref(), block.ref(), block.ref()), chain.heads());
    assertEquals(Optional.of(hash), chain.hashAt(new Height(1)));
    assertEquals(block.encode(), chain.block(hash).orElseThrow().encode());
    assertEquals(block.header(), chain.headerAt(new Height(1)).orElseThrow());
    assertEquals(Amount.CLOUDCOIN.times(1_000).plus(Amount.of(3)), network.balance(1));
    assertEquals(2, chain.account(TestNetwork.user(0)).nonce());
    assertEquals(
        Optional.of(new TransactionLocation(hash, new Height(1), 1)),
        chain.transaction(TestNetwork.transfer(0, 1, 1).hash()));
    assertTrue(network.audit().balanced());
  }

  @Test
  void writesReceiptsAndPaysTipsToTheProposer() {
    Block block =
        network.append(
            TestNetwork.transfer(0, 0, 1),
            TestNetwork.note(1, 0, "first", Amount.of(7)),
            TestNetwork.note(2, 0, "", Amount.of(7)));
    List<Receipt> receipts = chain.receipts(block.hash()).orElseThrow();
    assertEquals(21_000, receipts.get(0).gasUsed());
    assertTrue(receipts.get(1).success());
    assertEquals(Bytes.ofUtf8("first"), receipts.get(1).output());
    assertEquals(1, receipts.get(1).logs().size());
    assertFalse(receipts.get(2).success());
    assertTrue(receipts.get(2).output().size() > 4);
    assertEquals(block.header().gasUsed(), receipts.get(2).cumulativeGasUsed());
    Amount price = block.header().baseFee().plus(TestNetwork.GIGA);
    assertEquals(price, receipts.get(0).effectiveGasPrice());
    assertEquals(
        TestNetwork.GIGA.times(block.header().gasUsed()),
        chain.account(TestNetwork.user(99)).balance());
    StateAudit.Totals totals = network.audit();
    assertTrue(totals.balanced());
    assertEquals(
        block.header().baseFee().times(block.header().gasUsed()).plus(Amount.of(7)),
        totals.supply().burned());
  }

  @Test
  void movesTheBaseFeeWithTheParentsGas() {
    Block first = network.append(TestNetwork.transfer(0, 0, 1));
    Block second = network.append();
    assertEquals(
        FeeSchedule.nextBaseFee(
            first.header().gasUsed(), TestNetwork.GAS_LIMIT, first.header().baseFee()),
        second.header().baseFee());
    assertEquals(
        chain.pendingContext(1, TestNetwork.user(5)).baseFee(),
        network.append().header().baseFee());
  }

  @Test
  void carriesTheBeaconThatIsInForceAfterTheBlock() {
    Block block = network.append();
    assertEquals(Sha256.hash(block.header().parent().bytes()), block.header().beacon());
  }

  @Test
  void leavesOutWhatTheStateDoesNotAllow() {
    List<String> refusals = new ArrayList<>();
    TransactionSource plain =
        TestNetwork.source(List.of(TestNetwork.transfer(0, 9, 1), TestNetwork.transfer(0, 0, 1)));
    TransactionSource source =
        new TransactionSource() {
          @Override
          public Optional<SignedTransaction> next() {
            return plain.next();
          }

          @Override
          public void refused(SignedTransaction transaction, String code, String detail) {
            refusals.add(code + " " + detail);
          }
        };
    UnsealedBlock built =
        chain.build(
            BuildRequest.on(
                chain.head(),
                TestNetwork.START_MILLIS + 1,
                TestNetwork.user(99),
                TestNetwork.NO_SEAL_DATA),
            source);
    assertEquals(List.of(TestNetwork.transfer(0, 0, 1)), built.body().transactions());
    assertEquals(List.of("TX-04 nonce too high: next nonce 0, tx nonce 9"), refusals);
  }

  @Test
  void keepsTheBoundsOfTheBuildRequest() {
    BlockHeader head = chain.head();
    List<SignedTransaction> offered = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      offered.add(TestNetwork.transfer(0, i, 1));
    }
    BuildRequest all =
        BuildRequest.on(
            head, head.timeMillis() + 1, TestNetwork.user(99), TestNetwork.NO_SEAL_DATA);
    BuildRequest little =
        new BuildRequest(
            all.parent(),
            all.timeMillis(),
            all.proposer(),
            all.sealData(),
            all.validators(),
            all.nextValidators(),
            1_000,
            all.gasMax());
    UnsealedBlock small = chain.build(little, TestNetwork.source(offered));
    assertTrue(small.body().encodedSize() <= 1_000, "body of " + small.body().encodedSize());
    assertTrue(small.body().transactions().size() >= 6);
    BuildRequest cheap =
        new BuildRequest(
            all.parent(),
            all.timeMillis(),
            all.proposer(),
            all.sealData(),
            all.validators(),
            all.nextValidators(),
            all.bodyBytesMax(),
            3 * 21_000 + 5);
    assertEquals(3, chain.build(cheap, TestNetwork.source(offered)).body().transactions().size());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            chain.build(
                BuildRequest.on(
                    head, head.timeMillis(), TestNetwork.user(99), TestNetwork.NO_SEAL_DATA),
                TransactionSource.EMPTY));
  }

  @Test
  void executesABlockThatAnotherNodeBuilt() throws Exception {
    Block built = network.build(chain.head(), TestNetwork.transfer(0, 0, 1));
    TestNetwork other = TestNetwork.open();
    Block received = Block.decode(built.encode());
    assertEquals(Verdict.accepted(), other.chain.check(received, TestNetwork.now(received)));
    assertEquals(Verdict.accepted(), other.chain.execute(received, TestNetwork.now(received)));
    assertEquals(Height.GENESIS, other.chain.head().height());
    other.chain.decide(Commit.finalize(received.hash()));
    assertEquals(built.header(), other.chain.head());
    assertEquals(1, other.chain.account(TestNetwork.user(0)).nonce());
  }

  @Test
  void takesBuiltBlocksWithOtherSealData() {
    BlockHeader head = chain.head();
    UnsealedBlock built =
        chain.build(
            BuildRequest.on(
                head, head.timeMillis() + 1, TestNetwork.user(99), TestNetwork.NO_SEAL_DATA),
            TestNetwork.source(List.of(TestNetwork.transfer(0, 0, 1))));
    Block sealed = built.seal(Bytes.ofUtf8("nonce"), Bytes.EMPTY);
    TestNetwork.accept(chain.execute(sealed, TestNetwork.now(sealed)));
    chain.decide(Commit.finalize(sealed.hash()));
    assertEquals(sealed.header(), chain.head());
  }

  @Test
  void takesSendersOverFromKnownTransactions() throws Exception {
    SignedTransaction known = TestNetwork.transfer(0, 0, 1);
    Block built = network.build(chain.head(), known);
    TestNetwork other = TestNetwork.open();
    other.chain.useKnown(hash -> Optional.of(known).filter(tx -> tx.hash().equals(hash)));
    Block received = Block.decode(built.encode());
    TestNetwork.accept(other.chain.execute(received, TestNetwork.now(received)));
    assertEquals(null, received.body().transactions().getFirst().senderIfKnown());
    assertSame(
        known, other.chain.block(received.hash()).orElseThrow().body().transactions().getFirst());
  }

  @Test
  void decidesSeveralBlocksAtOnceAndTellsListenersInOrder() {
    List<String> news = new ArrayList<>();
    try (Subscription _ = chain.subscribe(block -> news.add("applied " + block.block().height()))) {
      Block first = network.build(chain.head(), TestNetwork.transfer(0, 0, 1));
      TestNetwork.accept(chain.execute(first, TestNetwork.now(first)));
      Block second = network.build(first.header(), TestNetwork.transfer(0, 1, 1));
      TestNetwork.accept(chain.execute(second, TestNetwork.now(second)));
      assertEquals(first.header(), chain.header(first.hash()).orElseThrow());
      assertEquals(Height.GENESIS, chain.head().height());
      chain.decide(Commit.switchTo(second.hash(), first.hash(), chain.finalized().hash()));
      assertEquals(second.header(), chain.head());
      assertEquals(first.ref(), chain.safe());
      assertEquals(Height.GENESIS, chain.finalized().height());
      assertEquals(first.header(), chain.headerAt(new Height(1)).orElseThrow());
    }
    network.append();
    assertEquals(List.of("applied 1", "applied 2"), news);
  }

  @Test
  void dropsAListenerThatThrows() {
    List<Height> heard = new ArrayList<>();
    Subscription bad =
        chain.subscribe(
            block -> {
              heard.add(block.block().height());
              throw new IllegalStateException("a bug of the listener");
            });
    network.append();
    network.append();
    bad.close();
    assertEquals(List.of(new Height(1)), heard);
    assertEquals(new Height(2), chain.head().height());
  }

  @Test
  void refusesDecisionsOnUnknownBlocksAndAgainstFinality() {
    Block rival = network.build(chain.head(), TestNetwork.transfer(5, 0, 6));
    TestNetwork.accept(chain.execute(rival, TestNetwork.now(rival)));
    Block first = network.append(TestNetwork.transfer(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> chain.decide(Commit.finalize(Hash.ZERO)));
    assertThrows(IllegalArgumentException.class, () -> chain.decide(Commit.finalize(rival.hash())));
    assertEquals(first.header(), chain.head());
    network.append();
  }

  @Test
  void showsStatesOfThePast() throws Exception {
    network.append(TestNetwork.transfer(0, 0, 1));
    network.append(TestNetwork.transfer(0, 1, 1));
    Address sender = TestNetwork.user(0);
    for (long height = 0; height <= 2; height++) {
      try (StateView view = chain.stateAt(new Height(height))) {
        assertEquals(height, Account.of(view::get, sender).nonce());
      }
    }
    HistoryException above =
        assertThrows(HistoryException.class, () -> chain.stateAt(new Height(3)));
    assertEquals(new Height(2), above.newest());
  }

  @Test
  void provesEntriesOfTheHeadAndOfThePast() throws Exception {
    network.append(TestNetwork.transfer(0, 0, 1));
    network.append(TestNetwork.transfer(0, 1, 1));
    Bytes present = StateKeys.account(TestNetwork.user(0));
    Bytes absent = StateKeys.account(TestNetwork.user(77));
    for (long height = 0; height <= 2; height++) {
      Height at = new Height(height);
      Hash root = chain.headerAt(at).orElseThrow().roots().state();
      Bytes value = chain.proof(present, at).verify(root, present).orElseThrow();
      assertEquals(height, Account.decode(value).nonce());
      assertEquals(Optional.empty(), chain.proof(absent, at).verify(root, absent));
    }
    assertThrows(HistoryException.class, () -> chain.proof(present, new Height(9)));
  }

  @Test
  void keepsSideDataAndCertificatesWithTheDecision() {
    Bytes key = Bytes.ofUtf8("view");
    Block block = network.build(chain.head());
    TestNetwork.accept(chain.execute(block, TestNetwork.now(block)));
    chain.decide(
        Commit.finalize(block.hash())
            .withSideData(Map.of(key, Optional.of(Bytes.ofUtf8("12"))))
            .withCertificate(Bytes.ofUtf8("votes")));
    assertEquals(Optional.of(Bytes.ofUtf8("12")), chain.sideData(key));
    assertEquals(Optional.of(Bytes.ofUtf8("votes")), chain.certificate(block.hash()));
    chain.decide(Commit.finalize(block.hash()).withSideData(Map.of(key, Optional.empty())));
    assertEquals(Optional.empty(), chain.sideData(key));
    assertEquals(block.header(), chain.head());
  }

  @Test
  void goesOnAfterARestart() {
    KeyValueStore store = network.store;
    Block first = network.append(TestNetwork.note(0, 0, "kept", Amount.ZERO));
    TestNetwork again = TestNetwork.open(store);
    assertEquals(first.header(), again.chain.head());
    assertEquals(first.ref(), again.chain.finalized());
    assertEquals(first.encode(), again.chain.block(first.hash()).orElseThrow().encode());
    Block second = again.append(TestNetwork.note(0, 1, "more", Amount.ZERO));
    assertEquals(first.hash(), second.header().parent());
  }

  @Test
  void refusesTheStoreOfAnotherNetwork() {
    ChainException refused =
        assertThrows(
            ChainException.class,
            () ->
                Chain.open(
                    network.store,
                    TestNetwork.genesis(TestNetwork.START_MILLIS + 1),
                    network.rules,
                    HeaderRules.NONE,
                    Runnable::run));
    assertTrue(String.valueOf(refused.getMessage()).contains("another genesis"));
  }

  @Test
  void makesTheSameFirstBlockEverywhere() {
    TestNetwork other = TestNetwork.open(MemoryStore.open(Chain.columns()));
    assertEquals(chain.head(), other.chain.head());
  }
}
