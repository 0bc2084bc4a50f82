package org.bitcloud.consensus.pow;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineDescriptor;
import org.bitcloud.consensus.Finality;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.Networking;
import org.bitcloud.consensus.Production;
import org.bitcloud.consensus.branch.ForkChoice;
import org.bitcloud.consensus.ledger.PayloadLimits;
import org.bitcloud.consensus.ledger.PayloadRequest;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// Proof of work; `docs/spec/pow-engine.md`.
///
/// A block goes through build, grind, check and decide. What is ground is renewed when the head
/// changes, when transactions come, and as its time ages.
final class PowEngine implements EmbeddedEngine {
  static final int TEMPLATE = 1;
  private static final Duration BUILD_MAX = Duration.ofMillis(250);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration RENEW_MIN = Duration.ofMillis(20);

  private final PowParameters parameters;
  private final EngineDescriptor descriptor;
  private final PowRules rules;
  private final ForkChoice fork;
  private final List<Effect> effects = new ArrayList<>();

  private Optional<Address> proposer; // present: this node mines
  private Optional<UnsealedBlock> template = Optional.empty(); // what is ground
  private long request; // of the template in the making or in the mill
  private long generation;
  private Instant begun = Instant.EPOCH; // when the template was
  private boolean renewing; // a timer runs that takes new transactions in

  PowEngine(PowParameters parameters, Optional<ValidatorKey> localKey) {
    this.parameters = parameters;
    this.proposer = localKey.flatMap(ValidatorKey::address);
    Finality.Probabilistic finality =
        new Finality.Probabilistic(parameters.confirmations(), Integer.MAX_VALUE);
    this.descriptor =
        new EngineDescriptor(
            PowEngineProvider.ID, 1, finality, new Production.Local(), Networking.NODE_P2P);
    this.rules = new PowRules(parameters);
    this.fork = new ForkChoice(rules, finality, (_, _) -> 0);
  }

  @Override
  public EngineDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public BlockRules rules() {
    return rules;
  }

  @Override
  public List<Effect> step(Input input, Instant now) {
    effects.clear();
    switch (input) {
      case Input.Start start -> {
        fork.start(start);
        begin(now);
      }
      case Input.Timer timer -> timer(timer, now);
      case Input.TransactionsPending pending -> pending(pending.pending().executable(), now);
      case Input.Built built -> built(built);
      case Input.Ground ground -> ground(ground);
      case Input.Checked checked -> {
        if (fork.checked(checked, now, effects)) {
          begin(now);
        }
      }
      case Input.Decided decided -> {
        if (fork.decided(decided, effects)) {
          begin(now);
        }
      }
      case Input.BlockArrived arrived -> fork.arrived(arrived, effects);
      case Input.Command command ->
          effects.add(
              new Effect.Answer(
                  command.request(),
                  new CommandResult(false, "the pow engine does not know this command")));
      case Input.Stop() -> {
        proposer = Optional.empty();
        idle();
      }
      // The engine asks for none of these.
      case Input.FromPeer _,
          Input.Verified _,
          Input.Signed _,
          Input.PeerUp _,
          Input.PeerGone _,
          Input.TermStarted _ -> {}
    }
    return List.copyOf(effects);
  }

  private void timer(Input.Timer timer, Instant now) {
    if (timer.kind() == ForkChoice.EARLY_BLOCK) {
      fork.timer(timer, now, effects);
    } else if (timer.kind() == TEMPLATE && timer.generation() == generation) {
      begin(now);
    }
  }

  private void pending(boolean executable, Instant now) {
    if (!executable || template.isEmpty() || renewing) {
      return;
    }
    renewing = true;
    setTimer(Duration.between(now, begun.plus(renewal())));
  }

  private Duration renewal() {
    Duration tenth = parameters.block().dividedBy(10);
    return tenth.compareTo(FRESH) > 0 ? FRESH : tenth.compareTo(RENEW_MIN) < 0 ? RENEW_MIN : tenth;
  }

  private void setTimer(Duration after) {
    effects.add(new Effect.SetTimer(TEMPLATE, ++generation, after));
  }

  private void idle() {
    template = Optional.empty();
    request++;
    generation++;
  }

  /// Asks for a template on the head. What is ground meanwhile may still be found if it stands on
  /// the same head.
  private void begin(Instant now) {
    if (proposer.isEmpty()) {
      return;
    }
    BlockHeader head = fork.head();
    boolean stale = template.filter(old -> old.header().parent().equals(fork.headHash())).isEmpty();
    if (stale) {
      idle();
    }
    long timeMillis = Math.max(now.toEpochMilli(), head.timeMillis() + 1);
    Instant time = Instant.ofEpochMilli(timeMillis);
    if (time.minus(parameters.drift()).isAfter(now)) {
      setTimer(Duration.between(now, time.minus(parameters.drift()))); // others would not take it
      return;
    }
    begun = now;
    renewing = false;
    setTimer(FRESH);
    effects.add(
        new Effect.Build(
            ++request,
            PayloadRequest.fromPool(
                fork.headHash(),
                time,
                proposer.get(),
                seal(head, timeMillis).encode(),
                PayloadLimits.until(now.plus(BUILD_MAX)))));
  }

  private PowSeal seal(BlockHeader head, long timeMillis) {
    try {
      PowSeal below = rules.seal(head);
      BigInteger target = below.next();
      return new PowSeal(
          target, 0, below.work().add(Work.of(target)), rules.next(target, timeMillis, head));
    } catch (MalformedException e) {
      throw new IllegalStateException("the head is not of this engine: " + head, e);
    }
  }

  private void built(Input.Built built) {
    if (built.request() != request) {
      return;
    }
    if (built.payload().isEmpty()) {
      effects.add(new Effect.Halt("cannot build on the own head " + fork.headHash()));
      return;
    }
    template = built.payload();
    BlockHeader header = built.payload().get().header();
    effects.add(new Effect.Grind(request, header, target(header)));
  }

  private static BigInteger target(BlockHeader header) {
    try {
      return PowSeal.decode(header.sealData()).target();
    } catch (MalformedException e) {
      throw new IllegalStateException("the ledger changed the seal data", e);
    }
  }

  private void ground(Input.Ground ground) {
    Optional<UnsealedBlock> mine =
        template.filter(
            block ->
                block
                    .header()
                    .withSealData(Bytes.EMPTY)
                    .equals(ground.header().withSealData(Bytes.EMPTY)));
    if (mine.isPresent()) {
      idle(); // until it is decided
      fork.propose(new Block(ground.header(), Bytes.EMPTY, mine.get().body()), effects);
    }
  }
}
