package org.bitcloud.consensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChainLedgerTest {
  private final KeyPair user = Fixtures.key(5);
  private final Genesis genesis =
      new Genesis(
          Fixtures.CHAIN_ID,
          "dev",
          new TreeMap<>(),
          List.of(new GenesisAllocation(user.address(), Amount.of(5_000_000_000_000_000_000L))),
          new TreeMap<>(),
          FeeSchedule.DEFAULT,
          30_000_000,
          Amount.of(1_000_000_000),
          Fixtures.NOON.toEpochMilli(),
          List.of(new GenesisValidator("secp256k1", Fixtures.key(1).publicKey(), 1)));
  private final MemoryStore store = MemoryStore.open(Chain.columns());
  private final Chain chain =
      Chain.open(
          store,
          genesis,
          Rules.of(genesis.chainId(), genesis.feeSchedule(), List.of()),
          HeaderRules.NONE,
          Runnable::run);
  private final Mempool pool = Mempool.open(chain, PoolLimits.DEFAULT);
  private final Instant now = Fixtures.NOON.plusSeconds(60);
  private final ChainLedger ledger = new ChainLedger(chain, pool, InstantSource.fixed(now));

  @AfterEach
  void close() {
    pool.close();
    chain.close();
    store.close();
  }

  private PayloadRequest request(Instant deadline, Optional<List<Bytes>> candidates) {
    return new PayloadRequest(
        chain.head().hash(),
        Instant.ofEpochMilli(chain.head().timeMillis() + 1000),
        Address.ZERO,
        Bytes.EMPTY,
        Optional.empty(),
        PayloadLimits.until(deadline),
        candidates);
  }

  private UnsealedBlock build(Instant deadline) {
    return ledger.build(request(deadline, Optional.empty())).orElseThrow();
  }

  private Block checked(UnsealedBlock built) {
    Block block = built.seal(Bytes.of((byte) 7));
    assertTrue(ledger.check(block, now).isAccepted());
    return block;
  }

  @Test
  void tellsWhereItStands() {
    LedgerInfo info = ledger.info();
    assertEquals(genesis.genesisHash(), info.genesis());
    assertEquals(Height.GENESIS, info.head().height());
    assertEquals(info.head().ref(), info.finalized());
  }

  @Test
  void knowsItsGenesisAndNoOther() {
    GenesisResult result = ledger.initGenesis(genesis.encode());
    assertEquals(ValidatorSet.ofGenesis(genesis.validators()), result.validators());
    assertEquals(chain.head().roots().state(), result.stateRoot());
    assertEquals(result.validators().hash(), chain.head().nextValidators());
    assertThrows(IllegalArgumentException.class, () -> ledger.initGenesis(Bytes.EMPTY));
  }

  @Test
  void checksTransactionsAndNamesTheRule() {
    Bytes good = Fixtures.transfer(user, 0).encoded();
    assertTrue(ledger.checkTransaction(good, false).isAccepted());
    assertFalse(ledger.checkTransaction(good, false).isAccepted());
    assertTrue(ledger.checkTransaction(good, true).isAccepted());
    assertEquals(1_000_000_000, ledger.checkTransaction(good, true).priority());
    assertFalse(ledger.checkTransaction(Bytes.of((byte) 1), false).isAccepted());
    SignedTransaction poor = Fixtures.transfer(Fixtures.key(6), 0);
    TransactionVerdict refused = ledger.checkTransaction(poor.encoded(), false);
    assertTrue(refused.detail().contains("insufficient funds"), refused.toString());
    assertEquals(new PendingTransactions(true, 1), ledger.pending());
  }

  @Test
  void buildsFromThePoolUntilTheDeadline() {
    assertTrue(pool.submit(Fixtures.transfer(user, 0)).isAdded());
    assertEquals(0, build(now).body().transactions().size());
    assertEquals(1, build(now.plusMillis(1)).body().transactions().size());
  }

  @Test
  void buildsFromCandidatesOnly() {
    assertTrue(pool.submit(Fixtures.transfer(user, 0)).isAdded());
    SignedTransaction given = Fixtures.transfer(user, 0);
    List<Bytes> candidates =
        List.of(Bytes.of((byte) 0), given.encoded(), Fixtures.transfer(user, 9).encoded());
    UnsealedBlock built = ledger.build(request(Instant.MAX, Optional.of(candidates))).orElseThrow();
    assertEquals(List.of(given), built.body().transactions());
    UnsealedBlock none = ledger.build(request(Instant.MAX, Optional.of(List.of()))).orElseThrow();
    assertEquals(List.of(), none.body().transactions());
  }

  @Test
  void cannotBuildOnWhatItDoesNotKnowOrBackInTime() {
    PayloadLimits limits = PayloadLimits.until(Instant.MAX);
    assertEquals(
        Optional.empty(),
        ledger.build(PayloadRequest.fromPool(Hash.ZERO, now, Address.ZERO, Bytes.EMPTY, limits)));
    Instant same = Instant.ofEpochMilli(chain.head().timeMillis());
    assertEquals(
        Optional.empty(),
        ledger.build(
            PayloadRequest.fromPool(chain.head().hash(), same, Address.ZERO, Bytes.EMPTY, limits)));
  }

  @Test
  void decidesOnceHoweverOftenItIsTold() {
    assertTrue(pool.submit(Fixtures.transfer(user, 0)).isAdded());
    Block block = checked(build(Instant.MAX));
    Decision decision = new Decision.Finalize(block.ref(), new FinalityProof.OwnSeal());
    ledger.decide(decision);
    ledger.decide(decision);
    assertEquals(block, chain.block(block.hash()).orElseThrow());
    assertEquals(block.ref(), chain.finalized());
    assertEquals(Optional.empty(), chain.certificate(block.hash()));
    assertEquals(new PendingTransactions(false, 0), ledger.pending());
  }

  @Test
  void writesProofAndSideDataWithTheBlock() throws Exception {
    Block block = checked(build(Instant.MAX));
    FinalityProof proof = new FinalityProof.External("test", Bytes.of((byte) 3));
    Bytes name = Bytes.ofUtf8("guard");
    ledger.decide(
        new Decision.Finalize(block.ref(), proof, Map.of(name, Optional.of(Bytes.of((byte) 5)))));
    assertEquals(proof, FinalityProof.decode(chain.certificate(block.hash()).orElseThrow()));
    assertEquals(Optional.of(Bytes.of((byte) 5)), ledger.sideData(name));
  }

  @Test
  void switchesToABetterBranch() {
    BlockRef root = chain.head().ref();
    Block one = checked(build(Instant.MAX));
    PayloadRequest later =
        PayloadRequest.fromPool(
            root.hash(),
            now.plusSeconds(9),
            Address.ZERO,
            Bytes.EMPTY,
            PayloadLimits.until(Instant.MAX));
    Block two = checked(ledger.build(later).orElseThrow());
    Score score = new Score.Work(BigInteger.TWO);
    for (Block best : List.of(one, two, one)) {
      ledger.decide(new Decision.SwitchHead(best.ref(), root.hash(), root.hash(), score, Map.of()));
      assertEquals(best.header(), chain.head());
      assertEquals(root, ledger.info().finalized());
    }
  }

  @Test
  void makesABlockOfAListThatAnOutsideEngineDecided() {
    BlockHeader parent = chain.head();
    Bytes engineHash = Bytes.wrap(new byte[32]);
    ExecutionRequest request =
        new ExecutionRequest(
            parent.hash(),
            now,
            Address.ZERO,
            engineHash,
            List.of(
                Fixtures.transfer(user, 0).encoded(),
                Bytes.of((byte) 0),
                Fixtures.transfer(user, 5).encoded(),
                Fixtures.transfer(user, 1).encoded()),
            List.of());
    ExecutionResult result = ledger.execute(request);
    assertEquals(
        List.of(true, false, false, true),
        result.transactions().stream().map(TransactionVerdict::isAccepted).toList());
    assertEquals(2, result.block().body().transactions().size());
    assertEquals(engineHash, result.block().header().sealData());
    assertEquals(result.block(), ledger.execute(request).block());
    Block block = checked(result.block());
    ledger.decide(new Decision.Finalize(block.ref(), new FinalityProof.OwnSeal()));
    assertEquals(2, chain.account(user.address()).nonce());
  }

  @Test
  void offersAndTakesNoSnapshots() {
    Snapshot snapshot = new Snapshot(Height.of(1), 1, 1, Hash.ZERO);
    assertEquals(List.of(), ledger.snapshots());
    assertEquals(Optional.empty(), ledger.snapshotChunk(snapshot, 0));
    assertEquals(SnapshotVerdict.REJECT_SNAPSHOT, ledger.offer(snapshot));
    assertEquals(SnapshotVerdict.REJECT_SNAPSHOT, ledger.applyChunk(snapshot, 0, Bytes.EMPTY));
  }
}
