package org.bitcloud.consensus.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.BlockRule;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.FakeLedger;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.Peer;
import org.bitcloud.consensus.VirtualNode;
import org.bitcloud.consensus.ledger.PendingTransactions;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.validator.KeyType;
import org.bitcloud.consensus.validator.Validator;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.junit.jupiter.api.Test;

final class DevEngineTest {
  private static final Duration WINDOW = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(900); // nine tenths of an eighth

  private final KeyPair key = Fixtures.key(1);
  private final ValidatorSet validators = Fixtures.only(key);
  private final FakeLedger ledger =
      new FakeLedger(
          Fixtures.genesisHeader(validators, Fixtures.NOON),
          new EngineHeaderRules(new DevRules(), ValidatorSource.fixed(validators)));

  private DevEngine engine(Duration block) {
    return new DevEngine(new DevParameters(block, WINDOW), Optional.of(Fixtures.validatorKey(key)));
  }

  private VirtualNode node(Duration block, Instant now) {
    VirtualNode node =
        new VirtualNode(engine(block), validators, ledger, new HeaderSigner(key), now);
    return node.start();
  }

  @Test
  void sealsOnDemandAtTheTimeOfTheClock() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    node.run(Duration.ofMillis(123));
    node.submit(Fixtures.transfer(key, 0));
    node.run(Duration.ZERO);
    BlockHeader header = node.decided().getFirst().header();
    assertEquals(Fixtures.NOON.plusMillis(123).toEpochMilli(), header.timeMillis());
    assertEquals(key.address(), header.proposer());
    assertEquals(DevRules.SEAL_DATA, header.sealData());
  }

  @Test
  void batchesWhatComesWhileABlockIsMade() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    node.ledgerTime = Duration.ofMillis(10);
    for (int i = 0; i < 30; i++) {
      node.submit(Fixtures.transfer(key, i));
      node.run(Duration.ofMillis(1));
    }
    node.run(Duration.ofMillis(60));
    List<Integer> sizes = node.decided().stream().map(VirtualNode.Decided::transactions).toList();
    assertEquals(List.of(1, 29), sizes);
  }

  @Test
  void takesWhatComesDuringABuildThatFindsNothing() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    node.ledgerTime = Duration.ofMillis(10);
    ledger.barren = true;
    node.poolChanged();
    node.run(Duration.ofMillis(1));
    ledger.barren = false;
    node.submit(Fixtures.transfer(key, 0));
    node.run(Duration.ofMillis(50));
    assertEquals(1, node.decided().size());
    assertEquals(1, node.decided().getFirst().transactions());
  }

  @Test
  void sealsAnEmptyBlockWhenNobodyAsks() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    node.run(PAUSE.minusMillis(1));
    assertEquals(0, node.decided().size());
    node.run(Duration.ofMillis(1));
    assertEquals(1, node.decided().size());
    node.run(Duration.ofMillis(400));
    node.submit(Fixtures.transfer(key, 0)); // puts the next empty one off
    node.run(PAUSE.minusMillis(1));
    assertEquals(2, node.decided().size());
    node.run(Duration.ofMillis(1));
    assertEquals(3, node.decided().size());
  }

  @Test
  void sealsAtAnIntervalWhateverWaits() {
    VirtualNode node = node(Duration.ofMillis(100), Fixtures.NOON);
    node.ledgerTime = Duration.ofMillis(5);
    node.submit(Fixtures.transfer(key, 0));
    node.submit(Fixtures.transfer(key, 1));
    node.run(Duration.ofSeconds(1).plusMillis(20));
    List<Integer> sizes = node.decided().stream().map(VirtualNode.Decided::transactions).toList();
    assertEquals(
        List.of(2, 0, 0, 0, 0, 0, 0, 0, 0, 0), sizes); // making one takes no part of 100 ms
  }

  @Test
  void advanceWarpsChainTimeForGood() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    node.ledgerTime = Duration.ofMillis(1);
    node.input(advance(1, Duration.ofHours(2)));
    node.input(advance(2, Duration.ofMinutes(1)));
    node.run(Duration.ofMillis(10));
    assertTrue(node.answers().get(1L).done());
    assertTrue(node.answers().get(2L).done());
    long first = node.decided().get(0).header().timeMillis();
    long second = node.decided().get(1).header().timeMillis();
    assertEquals(Fixtures.NOON.plusSeconds(7200).toEpochMilli(), first);
    assertEquals(first + 60_000, second);
    node.run(PAUSE.multipliedBy(2));
    long third = node.decided().get(2).header().timeMillis();
    assertTrue(third >= second + 800 && third <= second + 1000, "chain time goes on from there");
  }

  @Test
  void advanceWaitsForTheBlockInTheMaking() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    node.ledgerTime = Duration.ofMillis(10);
    node.submit(Fixtures.transfer(key, 0));
    node.input(advance(9, Duration.ofSeconds(30)));
    node.submit(Fixtures.transfer(key, 1));
    node.run(Duration.ofMillis(100));
    assertEquals(2, node.decided().size());
    BlockHeader warped = node.decided().get(1).header();
    assertEquals(node.decided().get(0).header().timeMillis() + 30_000, warped.timeMillis());
    assertEquals(1, node.decided().get(1).transactions());
    assertEquals("2 " + warped.hash().toHex(), node.answers().get(9L).text());
  }

  @Test
  void recoversTheWarpAfterARestart() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    node.input(advance(1, Duration.ofDays(3)));
    node.run(Duration.ZERO);
    long warped = ledger.head().timeMillis();
    VirtualNode again = node(Duration.ZERO, Fixtures.NOON.plusSeconds(60));
    again.run(PAUSE);
    long next = again.decided().getFirst().header().timeMillis();
    assertEquals(warped + PAUSE.toMillis(), next);
  }

  @Test
  void afterALongBreakChainTimeIsTheClockAgain() {
    node(Duration.ZERO, Fixtures.NOON).run(PAUSE);
    Instant later = Fixtures.NOON.plus(Duration.ofDays(1));
    VirtualNode again = node(Duration.ZERO, later);
    again.run(PAUSE);
    assertEquals(
        later.plus(PAUSE).toEpochMilli(), again.decided().getFirst().header().timeMillis());
  }

  private static Input.Command advance(long request, Duration by) {
    return new Input.Command(request, "advance", Map.of("millis", Long.toString(by.toMillis())));
  }

  @Test
  void refusesAnAdvanceThatIsNone() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    long id = 0;
    for (String millis : List.of("0", "-5", "", "ten", "99999999999999999999", "31622400001")) {
      node.input(new Input.Command(++id, "advance", Map.of("millis", millis)));
      assertFalse(node.answers().get(id).done(), millis);
    }
    node.input(new Input.Command(++id, "advance", Map.of()));
    assertFalse(node.answers().get(id).done());
  }

  @Test
  void answersCommandsThatWaitWhenItStops() {
    VirtualNode node = node(Duration.ZERO, Fixtures.NOON);
    node.ledgerTime = Duration.ofMillis(10);
    node.input(advance(1, Duration.ofSeconds(1)));
    node.input(advance(2, Duration.ofSeconds(1)));
    node.input(new Input.Stop());
    assertFalse(node.answers().get(1L).done());
    assertFalse(node.answers().get(2L).done());
  }

  private DevEngine started(Duration block) {
    DevEngine engine = engine(block);
    var _ = engine.step(new Input.Start(ledger.info(), List.of(), validators), Fixtures.NOON);
    return engine;
  }

  private Effect.Sign untilSign(DevEngine engine) {
    ledger.submit(Fixtures.transfer(key, 0));
    Effect.Build build =
        (Effect.Build)
            engine
                .step(
                    new Input.TransactionsPending(new PendingTransactions(true, 1)),
                    Fixtures.NOON.plusMillis(1))
                .getFirst();
    Input built = new Input.Built(build.request(), ledger.build(build.payload()));
    return (Effect.Sign) engine.step(built, Fixtures.NOON).getFirst();
  }

  @Test
  void haltsWhenTheSignerRefuses() {
    DevEngine engine = started(Duration.ZERO);
    Effect.Sign sign = untilSign(engine);
    List<Effect> effects =
        engine.step(new Input.Signed(sign.request(), Optional.empty()), Fixtures.NOON);
    assertInstanceOf(Effect.Halt.class, effects.getFirst());
  }

  @Test
  void haltsWhenItsOwnBlockIsRefused() {
    DevEngine engine = started(Duration.ZERO);
    Effect.Sign sign = untilSign(engine);
    Bytes seal = new HeaderSigner(key).sign(sign.intent()).orElseThrow();
    Effect.Check check =
        (Effect.Check)
            engine
                .step(new Input.Signed(sign.request(), Optional.of(seal)), Fixtures.NOON)
                .getFirst();
    Verdict refused = Verdict.rejected(BlockRule.STATE_ROOT, "another");
    List<Effect> effects =
        engine.step(new Input.Checked(check.block().ref(), refused), Fixtures.NOON);
    assertInstanceOf(Effect.Halt.class, effects.getFirst());
  }

  @Test
  void disseminatesBeforeItDecides() {
    DevEngine engine = started(Duration.ZERO);
    Effect.Sign sign = untilSign(engine);
    Bytes seal = new HeaderSigner(key).sign(sign.intent()).orElseThrow();
    Effect.Check check =
        (Effect.Check)
            engine
                .step(new Input.Signed(sign.request(), Optional.of(seal)), Fixtures.NOON)
                .getFirst();
    List<Effect> effects =
        engine.step(new Input.Checked(check.block().ref(), Verdict.accepted()), Fixtures.NOON);
    assertInstanceOf(Effect.Disseminate.class, effects.get(0));
    assertInstanceOf(Effect.Decide.class, effects.get(1));
    assertEquals(2, effects.size());
  }

  @Test
  void aFollowerBlamesThePeerForABadBlock() {
    VirtualNode leader = node(Duration.ZERO, Fixtures.NOON);
    DevEngine follower = new DevEngine(new DevParameters(Duration.ZERO, WINDOW), Optional.empty());
    var _ = follower.step(new Input.Start(ledger.info(), List.of(), validators), Fixtures.NOON);
    leader.submit(Fixtures.transfer(key, 0));
    leader.run(PAUSE);
    Block block = ledger.decided().getFirst();
    Block above = ledger.decided().get(1);
    assertEquals(
        List.of(),
        follower.step(new Input.BlockArrived(above, Optional.empty()), Fixtures.NOON),
        "its parent is missing");
    Peer liar = new Peer("liar");
    List<Effect> effects =
        follower.step(new Input.BlockArrived(block, Optional.of(liar)), Fixtures.NOON);
    assertEquals(List.of(new Effect.Check(block)), effects);
    assertEquals(
        List.of(),
        follower.step(new Input.BlockArrived(block, Optional.of(liar)), Fixtures.NOON),
        "one at a time");
    Verdict refused = Verdict.rejected(BlockRule.SEAL, "another");
    effects = follower.step(new Input.Checked(block.ref(), refused), Fixtures.NOON);
    assertEquals(liar, ((Effect.Penalize) effects.getFirst()).peer());
  }

  @Test
  void needsJustOneValidatorWithASecp256k1Key() {
    ValidatorSet two =
        new ValidatorSet(
            0,
            List.of(
                new Validator(Fixtures.validatorKey(key), 1),
                new Validator(Fixtures.validatorKey(Fixtures.key(2)), 1)));
    ValidatorSet other =
        new ValidatorSet(
            0,
            List.of(new Validator(new ValidatorKey(KeyType.ED25519, Bytes.wrap(new byte[32])), 1)));
    for (ValidatorSet set : List.of(two, other)) {
      DevEngine engine = engine(Duration.ZERO);
      assertThrows(
          EngineConfigException.class,
          () -> engine.step(new Input.Start(ledger.info(), List.of(), set), Fixtures.NOON));
    }
  }
}
