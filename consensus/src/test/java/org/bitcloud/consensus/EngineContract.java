package org.bitcloud.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Roots;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.ledger.PendingTransactions;
import org.bitcloud.consensus.ledger.Score;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.runtime.Signer;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The technology compatibility test suite: what every embedded engine must keep, tried with a
/// network of one validator in virtual time. A new engine extends it.
public abstract class EngineContract {
  protected final KeyPair key = Fixtures.key(1);
  protected final ValidatorSet validators = Fixtures.only(key);

  /// A new engine for a node whose key is `localKey`.
  protected abstract EmbeddedEngine engine(Optional<ValidatorKey> localKey);

  /// What signs for [#key].
  protected abstract Signer signer();

  /// The longest time without a block when nothing waits.
  protected abstract Duration pauseMax();

  /// The longest time until a block takes what waits, on an idle ledger that costs no time.
  protected abstract Duration promptness();

  /// How far the clock may go back without stopping the engine.
  protected Duration clockSetBackMax() {
    return Duration.ofMinutes(10);
  }

  /// The key of a node that only follows, if it has any.
  protected Optional<ValidatorKey> followerKey() {
    return Optional.of(Fixtures.validatorKey(Fixtures.key(2)));
  }

  /// What looks for nonces, for engines that ask.
  protected VirtualNode.@Nullable Mill mill() {
    return null;
  }

  protected final FakeLedger ledger(Instant genesisTime) {
    BlockHeader genesis = Fixtures.genesisHeader(validators, genesisTime);
    BlockRules rules = engine(Optional.empty()).rules();
    return new FakeLedger(genesis, new EngineHeaderRules(rules, ValidatorSource.fixed(validators)));
  }

  protected final VirtualNode node(FakeLedger ledger, Instant now) {
    EmbeddedEngine engine = engine(Optional.of(Fixtures.validatorKey(key)));
    VirtualNode node = new VirtualNode(engine, validators, ledger, signer(), now);
    node.mill = mill();
    return node;
  }

  @Test
  void sameInputsGiveTheSameEffects() {
    assertEquals(busyMinutes().trace(), busyMinutes().trace());
  }

  private VirtualNode busyMinutes() {
    VirtualNode node = node(ledger(Fixtures.NOON), Fixtures.NOON).start();
    node.ledgerTime = Duration.ofMillis(7);
    for (int i = 0; i < 50; i++) {
      node.submit(Fixtures.transfer(key, i));
      node.run(Duration.ofMillis(i % 7));
    }
    node.run(Duration.ofMinutes(2));
    return node;
  }

  @Test
  void takesWhatWaitsPromptly() {
    VirtualNode node = node(ledger(Fixtures.NOON), Fixtures.NOON).start();
    node.run(Duration.ofMillis(100));
    int before = node.decided().size();
    node.submit(Fixtures.transfer(key, 0));
    node.run(promptness());
    List<VirtualNode.Decided> since = node.decided().subList(before, node.decided().size());
    assertEquals(1, since.stream().filter(block -> block.transactions() == 1).count());
    assertEquals(1, since.stream().mapToInt(VirtualNode.Decided::transactions).sum());
  }

  @Test
  void neverPausesLongerThanItPromises() {
    FakeLedger ledger = ledger(Fixtures.NOON);
    VirtualNode node = node(ledger, Fixtures.NOON).start();
    node.run(pauseMax().multipliedBy(50));
    Instant last = Fixtures.NOON;
    for (VirtualNode.Decided block : node.decided()) {
      assertTrue(Duration.between(last, block.at()).compareTo(pauseMax()) <= 0, block.toString());
      last = block.at();
    }
    assertTrue(node.decided().size() >= 50);
  }

  @Test
  void aPoolThatPromisesWhatNoBlockCanHoldMakesNoFlood() {
    FakeLedger ledger = ledger(Fixtures.NOON);
    ledger.barren = true;
    VirtualNode node = node(ledger, Fixtures.NOON).start();
    for (int i = 0; i < 100; i++) {
      node.poolChanged();
      node.run(pauseMax().dividedBy(10));
    }
    int blocks = node.decided().size();
    assertTrue(blocks >= 10 && blocks <= 1000, "blocks: " + blocks);
    Instant last = Fixtures.NOON;
    for (VirtualNode.Decided block : node.decided()) {
      assertTrue(Duration.between(last, block.at()).compareTo(pauseMax()) <= 0, block.toString());
      last = block.at();
    }
  }

  @Test
  void timeRisesAndScoreToo() {
    VirtualNode node = busyMinutes();
    BlockRules rules = engine(Optional.empty()).rules();
    long time = Fixtures.NOON.toEpochMilli();
    Score score = rules.score(Fixtures.genesisHeader(validators, Fixtures.NOON), Optional.empty());
    for (VirtualNode.Decided block : node.decided()) {
      assertTrue(block.header().timeMillis() > time);
      time = block.header().timeMillis();
      Score next = rules.score(block.header(), Optional.of(score));
      assertTrue(next.compareTo(score) > 0);
      score = next;
    }
  }

  @Test
  void resumesWhereTheLedgerStands() {
    FakeLedger ledger = ledger(Fixtures.NOON);
    VirtualNode first = node(ledger, Fixtures.NOON).start();
    first.submit(Fixtures.transfer(key, 0));
    first.run(pauseMax());
    Height reached = ledger.head().height();
    first.input(new Input.Stop());
    ledger.submit(Fixtures.transfer(key, 1));
    VirtualNode second = node(ledger, first.now().plusSeconds(3600)).start();
    second.poolChanged();
    second.run(promptness());
    assertEquals(reached.next(), second.decided().getFirst().header().height());
    assertEquals(1, second.decided().getFirst().transactions());
  }

  @Test
  void aClockThatWasSetBackDoesNotStopIt() {
    FakeLedger ledger = ledger(Fixtures.NOON);
    VirtualNode early = node(ledger, Fixtures.NOON.minus(clockSetBackMax())).start();
    early.submit(Fixtures.transfer(key, 0));
    early.run(pauseMax().multipliedBy(3));
    assertTrue(early.decided().size() >= 2);
  }

  @Test
  void ignoresWhatItHasNotAskedFor() {
    FakeLedger ledger = ledger(Fixtures.NOON);
    VirtualNode node = node(ledger, Fixtures.NOON).start();
    Peer stranger = new Peer("stranger");
    List<Input> noise =
        List.of(
            new Input.FromPeer(stranger, Channel.CONSENSUS, Bytes.EMPTY),
            new Input.FromPeer(stranger, Channel.BLOCKS, Bytes.of((byte) 1, (byte) 2)),
            new Input.PeerUp(stranger, Optional.empty()),
            new Input.PeerGone(stranger),
            new Input.Timer(77, 1),
            new Input.Timer(1, Long.MAX_VALUE),
            new Input.Built(Long.MAX_VALUE, Optional.empty()),
            new Input.Signed(Long.MAX_VALUE, Optional.empty()),
            new Input.Verified(Long.MAX_VALUE, List.of(true)),
            new Input.Checked(ledger.head().ref(), Verdict.accepted()),
            new Input.TransactionsPending(new PendingTransactions(false, 0)));
    for (Input input : noise) {
      for (Effect effect : node.input(input)) {
        assertFalse(
            effect instanceof Effect.Decide || effect instanceof Effect.Halt, effect.toString());
      }
    }
    node.input(new Input.Command(5, "no such command", Map.of()));
    assertFalse(node.answers().get(5L).done());
    node.submit(Fixtures.transfer(key, 0));
    node.run(promptness());
    assertEquals(1, node.decided().stream().mapToInt(VirtualNode.Decided::transactions).sum());
  }

  @Test
  void doesNothingMoreAfterStop() {
    VirtualNode node = node(ledger(Fixtures.NOON), Fixtures.NOON).start();
    node.run(pauseMax().multipliedBy(2));
    node.input(new Input.Stop());
    int decided = node.decided().size();
    node.submit(Fixtures.transfer(key, 0));
    node.run(pauseMax().multipliedBy(4));
    assertEquals(decided, node.decided().size());
  }

  @Test
  void aNodeWithAnotherKeyFollows() {
    FakeLedger theirs = ledger(Fixtures.NOON);
    VirtualNode leader = node(theirs, Fixtures.NOON).start();
    leader.submit(Fixtures.transfer(key, 0));
    leader.run(pauseMax().multipliedBy(3));

    FakeLedger ours = ledger(Fixtures.NOON);
    VirtualNode follower =
        new VirtualNode(engine(followerKey()), validators, ours, Signer.NONE, Fixtures.NOON);
    follower.start();
    follower.run(pauseMax().multipliedBy(3));
    assertEquals(List.of(), follower.decided());
    for (Block block : theirs.decided()) {
      follower.input(new Input.BlockArrived(block, Optional.of(new Peer("leader"))));
      follower.run(Duration.ZERO);
    }
    assertEquals(theirs.head(), ours.head());
  }

  @Test
  void joinsTheBetterBranchWhereItsFinalityAllows() {
    FakeLedger theirs = ledger(Fixtures.NOON);
    VirtualNode rival = node(theirs, Fixtures.NOON).start();
    rival.submit(Fixtures.transfer(key, 0)); // so that the branches differ from the first block on
    rival.run(pauseMax().multipliedBy(6));
    FakeLedger ours = ledger(Fixtures.NOON);
    VirtualNode node = node(ours, Fixtures.NOON.plus(pauseMax().multipliedBy(3))).start();
    node.run(pauseMax().multipliedBy(3));
    BlockHeader before = ours.head();
    assertTrue(before.height().value() >= 1);
    int lower = ours.decided().size();
    assertTrue(theirs.decided().size() > lower);
    for (Block block : theirs.decided()) {
      node.input(new Input.BlockArrived(block, Optional.of(new Peer("rival"))));
      node.run(Duration.ZERO);
    }
    node.run(pauseMax().multipliedBy(2));
    Finality finality = engine(Optional.empty()).descriptor().finality();
    if (finality instanceof Finality.Probabilistic) {
      assertTrue(ours.head().height().compareTo(theirs.head().height()) > 0);
      // It may have sealed the highest itself before that came.
      int common = theirs.decided().size() - 1;
      assertEquals(theirs.decided().subList(0, common), ours.decided().subList(0, common));
    } else {
      assertTrue(ours.decided().stream().map(Block::header).anyMatch(before::equals));
    }
  }

  @Test
  void anEqualOrWorseBranchChangesNothing() {
    FakeLedger theirs = ledger(Fixtures.NOON);
    VirtualNode rival = node(theirs, Fixtures.NOON).start();
    rival.submit(Fixtures.transfer(key, 0));
    rival.run(pauseMax().multipliedBy(3));
    FakeLedger ours = ledger(Fixtures.NOON);
    VirtualNode node = node(ours, Fixtures.NOON).start();
    node.run(pauseMax().multipliedBy(6));
    BlockHeader before = ours.head();
    for (Block block : theirs.decided().reversed()) { // children first: their parents are missing
      node.input(new Input.BlockArrived(block, Optional.of(new Peer("rival"))));
      node.run(Duration.ZERO);
    }
    assertEquals(before, ours.head());
  }

  @Test
  void rulesAcceptItsBlocksAndProofs() {
    FakeLedger ledger = ledger(Fixtures.NOON);
    node(ledger, Fixtures.NOON).start().run(pauseMax());
    Block block = ledger.decided().getFirst();
    assertInstanceOf(HeaderVerdict.Ok.class, verdict(block.header(), block.sealProof()));
    BlockRules rules = engine(Optional.empty()).rules();
    Optional<FinalityProof> proof = proof(block);
    if (proof.isPresent()) {
      assertTrue(rules.checkProof(block.header(), block.sealProof(), proof.get(), validators));
      ValidatorSet others = Fixtures.only(Fixtures.key(3));
      assertFalse(rules.checkProof(block.header(), block.sealProof(), proof.get(), others));
    }
    FinalityProof depth = new FinalityProof.Depth(1000);
    assertFalse(rules.checkProof(block.header(), block.sealProof(), depth, validators));
    FinalityProof foreign = new FinalityProof.External("other", Bytes.EMPTY);
    assertFalse(rules.checkProof(block.header(), block.sealProof(), foreign, validators));
  }

  /// The proof that the engine gives for a block that it decided, if it gives any.
  protected abstract Optional<FinalityProof> proof(Block block);

  private HeaderVerdict verdict(BlockHeader header, Bytes sealProof) {
    BlockHeader genesis = Fixtures.genesisHeader(validators, Fixtures.NOON);
    return engine(Optional.empty())
        .rules()
        .checkHeader(header, sealProof, parent(genesis, validators), Fixtures.NOON);
  }

  protected static ParentView parent(BlockHeader parent, ValidatorSet validators) {
    return new ParentView() {
      @Override
      public BlockHeader header() {
        return parent;
      }

      @Override
      public Optional<BlockHeader> ancestor(Height height) {
        return Optional.of(parent).filter(header -> header.height().equals(height));
      }

      @Override
      public ValidatorSet validators() {
        return validators;
      }
    };
  }

  @Test
  void rulesRefuseAHeaderWithAnyFieldChanged() {
    FakeLedger ledger = ledger(Fixtures.NOON);
    node(ledger, Fixtures.NOON).start().run(pauseMax());
    Block block = ledger.decided().getFirst();
    List<UnaryOperator<BlockHeader>> changes =
        List.of(
            h -> with(h, h.parent(), h.timeMillis() + 1, h.proposer(), h.roots()),
            h -> with(h, h.parent(), 0, h.proposer(), h.roots()),
            h -> with(h, Hash.ZERO, h.timeMillis(), h.proposer(), h.roots()),
            h -> with(h, h.parent(), h.timeMillis(), Address.ZERO, h.roots()),
            h ->
                with(
                    h,
                    h.parent(),
                    h.timeMillis(),
                    h.proposer(),
                    new Roots(h.parent(), Hash.ZERO, Hash.ZERO, Hash.ZERO)),
            h -> h.withSealData(Bytes.of((byte) 0xc1, (byte) 0x01)),
            h -> h.withSealData(Bytes.EMPTY));
    for (UnaryOperator<BlockHeader> change : changes) {
      BlockHeader changed = change.apply(block.header());
      assertNotEquals(block.header(), changed);
      assertInstanceOf(HeaderVerdict.Bad.class, verdict(changed, block.sealProof()));
    }
  }

  private static BlockHeader with(
      BlockHeader h, Hash parent, long timeMillis, Address proposer, Roots roots) {
    return new BlockHeader(
        parent,
        h.height(),
        timeMillis,
        proposer,
        h.sealData(),
        roots,
        h.logsBloom(),
        h.gasLimit(),
        h.gasUsed(),
        h.baseFee(),
        h.beacon(),
        h.validators(),
        h.nextValidators());
  }

  @Test
  void rulesRefuseEveryOtherSeal() {
    FakeLedger ledger = ledger(Fixtures.NOON);
    node(ledger, Fixtures.NOON).start().run(pauseMax());
    Block block = ledger.decided().getFirst();
    byte[] proof = block.sealProof().toArray();
    for (int i = 0; i < proof.length; i++) {
      for (int bit : new int[] {0, 3, 7}) {
        byte[] flipped = proof.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertInstanceOf(
            HeaderVerdict.Bad.class, verdict(block.header(), Bytes.wrap(flipped)), "byte " + i);
      }
    }
    for (int size : new int[] {0, 1, proof.length - 1, proof.length + 1, 1 << 16}) {
      if (size < 0 || size == proof.length) {
        continue;
      }
      Bytes other = Bytes.wrap(Arrays.copyOf(proof, size));
      assertInstanceOf(HeaderVerdict.Bad.class, verdict(block.header(), other));
    }
  }
}
