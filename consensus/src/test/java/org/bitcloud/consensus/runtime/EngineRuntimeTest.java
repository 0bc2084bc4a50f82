package org.bitcloud.consensus.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.Channel;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.Dissemination;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineDescriptor;
import org.bitcloud.consensus.FakeLedger;
import org.bitcloud.consensus.FetchTarget;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.Peer;
import org.bitcloud.consensus.Priority;
import org.bitcloud.consensus.SignIntent;
import org.bitcloud.consensus.SignatureCheck;
import org.bitcloud.consensus.ledger.Decision;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.consensus.ledger.Misbehaviour;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.testkit.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The runtime with engines that do just what a test says.
@Timeout(30)
final class EngineRuntimeTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final KeyPair key = Fixtures.key(1);
  private final ValidatorSet validators = Fixtures.only(key);
  private final FakeLedger ledger =
      new FakeLedger(Fixtures.genesisHeader(validators, Fixtures.NOON), HeaderRules.NONE);
  private final Await<Input> inputs = new Await<>();
  private final Await<String> acts = new Await<>();
  private final Await<String> halts = new Await<>();
  private EngineRuntime runtime;

  @AfterEach
  void close() {
    if (runtime != null) {
      runtime.close();
    }
  }

  /// Answers each input by a function and reports it afterwards.
  private final class Scripted implements EmbeddedEngine {
    private final Function<Input, List<Effect>> script;

    Scripted(Function<Input, List<Effect>> script) {
      this.script = script;
    }

    @Override
    public EngineDescriptor descriptor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public BlockRules rules() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Effect> step(Input input, Instant now) {
      assertEquals(Fixtures.NOON, now);
      List<Effect> effects = script.apply(input);
      inputs.happened(input);
      return effects;
    }
  }

  private final class Recording implements Broadcast, EngineLog {
    @Override
    public void send(Set<Peer> to, Channel channel, Bytes message, Priority priority) {
      acts.happened("send " + message.toHex());
    }

    @Override
    public void gossip(Channel channel, Bytes message) {
      acts.happened("gossip " + message.toHex());
    }

    @Override
    public void disseminate(Block block, Dissemination how) {
      acts.happened("disseminate " + how);
    }

    @Override
    public void fetch(FetchTarget target, Optional<Peer> prefer) {
      acts.happened("fetch " + target);
    }

    @Override
    public void penalize(Peer peer, String why, int points) {
      acts.happened("penalize " + peer.id());
    }

    @Override
    public void append(Bytes entry, boolean durable) {
      acts.happened("append " + entry.toHex() + (durable ? " durably" : ""));
    }

    @Override
    public List<Bytes> entries() {
      return List.of(Bytes.of((byte) 9));
    }
  }

  private final EngineListener listener =
      new EngineListener() {
        @Override
        public void halted(String why, Optional<Throwable> cause) {
          halts.happened(why);
        }

        @Override
        public void misbehaved(Misbehaviour misbehaviour) {
          acts.happened("misbehaved");
        }
      };

  private void run(LedgerPort port, Function<Input, List<Effect>> script) {
    Recording recording = new Recording();
    RuntimePorts ports =
        new RuntimePorts(
            port,
            new HeaderSigner(key),
            recording,
            recording,
            Grinder.NONE,
            Thread::startVirtualThread,
            InstantSource.fixed(Fixtures.NOON));
    runtime = EngineRuntime.start(new Scripted(script), validators, ports, listener);
  }

  private static List<Effect> nothing(Input input) {
    return List.of();
  }

  @Test
  void startsWhereTheLedgerStandsWithTheLog() {
    run(ledger, EngineRuntimeTest::nothing);
    Input.Start start = (Input.Start) inputs.first(input -> true, SOON);
    assertEquals(ledger.info(), start.at());
    assertEquals(List.of(Bytes.of((byte) 9)), start.log());
    assertEquals(validators, start.validators());
    inputs.first(Input.TransactionsPending.class::isInstance, SOON);
  }

  @Test
  void beginsEffectsInTheirOrder() {
    Bytes one = Bytes.of((byte) 1);
    Peer peer = new Peer("p");
    List<Effect> all =
        List.of(
            new Effect.Gossip(Channel.CERTIFICATES, one),
            new Effect.Append(one, true),
            new Effect.Send(Set.of(), Channel.CONSENSUS, one, Priority.VOTE),
            new Effect.Append(one, false),
            new Effect.Fetch(new FetchTarget.Tip(), Optional.empty()),
            new Effect.Penalize(peer, "slow", 1),
            new Effect.Report(new Misbehaviour.Equivocation(Fixtures.validatorKey(key), one, one)));
    run(ledger, input -> input instanceof Input.Start ? all : List.of());
    acts.first("misbehaved"::equals, SOON);
    assertEquals(
        List.of(
            "gossip 0x01",
            "append 0x01 durably",
            "send 0x01",
            "append 0x01",
            "fetch Tip[]",
            "penalize p",
            "misbehaved"),
        acts.events());
  }

  @Test
  void answersSignaturesAndChecks() {
    Hash digest = Hash.ZERO;
    Bytes signature = key.sign(digest).toBytes65().slice(0, 64);
    SignatureCheck good = new SignatureCheck(Fixtures.validatorKey(key), digest, signature);
    SignatureCheck foreign =
        new SignatureCheck(Fixtures.validatorKey(Fixtures.key(2)), digest, signature);
    SignatureCheck cut =
        new SignatureCheck(Fixtures.validatorKey(key), digest, signature.slice(0, 63));
    List<Effect> ask =
        List.of(
            new Effect.Verify(4, List.of(good, foreign, cut)),
            new Effect.Sign(5, new SignIntent.SealHeader(Height.of(1), digest)),
            new Effect.Sign(6, new SignIntent.Propose(0, 1, digest)));
    run(ledger, input -> input instanceof Input.Start ? ask : List.of());
    Input verified = inputs.first(Input.Verified.class::isInstance, SOON);
    assertEquals(new Input.Verified(4, List.of(true, false, false)), verified);
    Bytes seal = key.sign(digest).toBytes65();
    inputs.first(new Input.Signed(5, Optional.of(seal))::equals, SOON);
    inputs.first(new Input.Signed(6, Optional.empty())::equals, SOON);
  }

  @Test
  void aTimerReplacesTheOneOfItsKind() {
    List<Effect> timers =
        List.of(
            new Effect.SetTimer(1, 1, Duration.ofMillis(1)),
            new Effect.SetTimer(2, 7, Duration.ofMillis(40)),
            new Effect.SetTimer(1, 2, Duration.ofMillis(20)));
    run(ledger, input -> input instanceof Input.Start ? timers : List.of());
    inputs.first(new Input.Timer(2, 7)::equals, SOON);
    List<Input> fired = inputs.events().stream().filter(Input.Timer.class::isInstance).toList();
    assertEquals(List.of(new Input.Timer(1, 2), new Input.Timer(2, 7)), fired);
  }

  @Test
  void haltsOnceWhenADecisionFails() {
    Decision unknown = new Decision.Finalize(ledger.head().ref(), new FinalityProof.OwnSeal());
    run(
        ledger,
        input ->
            input instanceof Input.Start
                ? List.of(new Effect.Decide(unknown), new Effect.Decide(unknown))
                : List.of());
    String why = halts.first(text -> true, SOON);
    assertTrue(why.startsWith("the ledger failed to decide"), why);
    runtime.close();
    assertEquals(1, halts.events().size());
    assertFalse(runtime.offer(new Input.PeerGone(new Peer("p"))));
  }

  @Test
  void haltsWhenTheEngineFailsOrAsksForIt() {
    run(
        ledger,
        input -> {
          throw new IllegalStateException("broken");
        });
    assertEquals("the engine failed", halts.first(text -> true, SOON));
  }

  @Test
  void executesNothingBehindAHalt() {
    run(
        ledger,
        input ->
            input instanceof Input.Start
                ? List.of(
                    new Effect.Halt("the chain ends here"),
                    new Effect.Gossip(Channel.BLOCKS, Bytes.EMPTY))
                : List.of());
    assertEquals("the chain ends here", halts.first(text -> true, SOON));
    runtime.close();
    assertEquals(List.of(), acts.events());
  }

  @Test
  void mayBeClosedByItsListener() {
    CountDownLatch closed = new CountDownLatch(1);
    EngineListener closing =
        new EngineListener() {
          @Override
          public void halted(String why, Optional<Throwable> cause) {
            runtime.close();
            closed.countDown();
          }

          @Override
          public void misbehaved(Misbehaviour misbehaviour) {}
        };
    CountDownLatch go = new CountDownLatch(1);
    Scripted engine =
        new Scripted(
            input -> {
              Await.latch(go, SOON);
              return List.of(new Effect.Halt("enough"));
            });
    RuntimePorts ports =
        RuntimePorts.alone(ledger, Signer.NONE, InstantSource.fixed(Fixtures.NOON));
    runtime = EngineRuntime.start(engine, validators, ports, closing);
    go.countDown();
    Await.latch(closed, SOON);
  }

  @Test
  void refusesInputsBeyondItsBoundButNeverAnswers() {
    CountDownLatch busy = new CountDownLatch(1);
    run(
        ledger,
        input -> {
          if (input instanceof Input.Start) {
            Await.latch(busy, SOON);
            return List.of(new Effect.Sign(1, new SignIntent.Propose(0, 1, Hash.ZERO)));
          }
          return List.of();
        });
    int accepted = 0;
    while (runtime.offer(new Input.PeerGone(new Peer("p" + accepted)))) {
      accepted++;
    }
    assertEquals(EngineRuntime.INPUTS_MAX, accepted);
    for (int i = 0; i < 100_000; i++) {
      runtime.transactionsPending(); // many are one
    }
    CommandResult refused = Await.result(runtime.command("anything", Map.of()), SOON);
    assertFalse(refused.done());
    busy.countDown();
    inputs.first(new Input.Signed(1, Optional.empty())::equals, SOON);
    inputs.first(new Input.PeerGone(new Peer("p" + (accepted - 1)))::equals, SOON);
    long looks =
        inputs.events().stream().filter(Input.TransactionsPending.class::isInstance).count();
    assertTrue(looks < 10_000, "looks: " + looks);
    assertTrue(runtime.offer(new Input.PeerGone(new Peer("again"))));
  }

  @Test
  void carriesCommandsAndTheirAnswers() {
    CommandResult yes = new CommandResult(true, "yes");
    run(
        ledger,
        input ->
            input instanceof Input.Command command && command.name().equals("ask")
                ? List.of(new Effect.Answer(command.request(), yes))
                : List.of());
    assertEquals(yes, Await.result(runtime.command("ask", Map.of("a", "b")), SOON));
    var never = runtime.command("mumble", Map.of());
    runtime.close();
    assertFalse(Await.result(never, SOON).done());
    assertFalse(Await.result(runtime.command("ask", Map.of()), SOON).done());
  }

  @Test
  void closeFinishesTheDecisionInProgress() throws Exception {
    CountDownLatch deciding = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    LedgerPort slow =
        new SlowLedger(
            ledger,
            () -> {
              deciding.countDown();
              Await.latch(go, SOON);
              order.add("decided");
            });
    Decision decision = new Decision.Finalize(ledger.head().ref(), new FinalityProof.OwnSeal());
    run(
        slow,
        input ->
            input instanceof Input.Start
                ? List.of(new Effect.Decide(decision), new Effect.Decide(decision))
                : List.of());
    Await.latch(deciding, SOON);
    var unanswered = runtime.command("mumble", Map.of());
    Thread closer =
        Thread.ofVirtual()
            .start(
                () -> {
                  runtime.close();
                  order.add("closed");
                });
    assertFalse(Await.result(unanswered, SOON).done()); // from now on nothing new begins
    go.countDown();
    assertTrue(closer.join(SOON));
    assertEquals(List.of("decided", "closed"), order);
    assertEquals(List.of(), halts.events());
  }

  @Test
  void stopsEffectsWithTheLastInput() {
    run(
        ledger,
        input ->
            input instanceof Input.Stop
                ? List.of(new Effect.Gossip(Channel.BLOCKS, Bytes.EMPTY))
                : List.of());
    inputs.first(Input.Start.class::isInstance, SOON);
    runtime.close();
    runtime.close();
    assertEquals(List.of("gossip 0x"), acts.events());
    assertEquals(Input.Stop.class, inputs.events().getLast().getClass());
  }
}
