package org.bitcloud.consensus;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.consensus.runtime.Signer;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// Runs an engine on one thread in virtual time: what the runtime does, without threads. The
/// ledger's work takes as long as the test says.
public final class VirtualNode {
  private final EmbeddedEngine engine;
  private final ValidatorSet validators;
  private final LedgerPort ledger;
  private final Consumer<SignedTransaction> pool;
  private final Function<Hash, Optional<Block>> blocks;
  private final Signer signer;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::sequence));
  private final List<Decided> decided = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final Map<Long, CommandResult> answers = new HashMap<>();
  private Instant now;
  private Instant ledgerFree;
  private long sequence;

  private long grinds;

  /// What looks for nonces.
  public @Nullable Mill mill;

  /// What takes the blocks that this node makes.
  public Consumer<Block> network = block -> {};

  /// What the engine held against peers.
  public final List<Effect.Penalize> penalties = new ArrayList<>();

  /// Finds the header with its nonce and says how long it took.
  public interface Mill {
    Found find(Effect.Grind grind);
  }

  /// A header with its nonce.
  public record Found(BlockHeader header, Duration after) {}

  /// How long the ledger takes for one request.
  public Duration ledgerTime = Duration.ZERO;

  /// A block and when it was decided.
  public record Decided(BlockHeader header, int transactions, Instant at) {}

  private record Event(Instant at, long sequence, Runnable action) {}

  /// A node on a ledger without state.
  public VirtualNode(
      EmbeddedEngine engine,
      ValidatorSet validators,
      FakeLedger ledger,
      Signer signer,
      Instant now) {
    this(engine, validators, ledger, ledger::submit, ledger::block, signer, now);
    ledger.isAbsolute =
        !(engine.descriptor().finality() instanceof Finality.Probabilistic depth)
            || depth.maxReorgDepth() != Integer.MAX_VALUE;
  }

  /// A node on any ledger.
  ///
  /// @param pool takes what is submitted
  /// @param blocks finds the blocks of the ledger
  public VirtualNode(
      EmbeddedEngine engine,
      ValidatorSet validators,
      LedgerPort ledger,
      Consumer<SignedTransaction> pool,
      Function<Hash, Optional<Block>> blocks,
      Signer signer,
      Instant now) {
    this.engine = engine;
    this.validators = validators;
    this.ledger = ledger;
    this.pool = pool;
    this.blocks = blocks;
    this.signer = signer;
    this.now = now;
    this.ledgerFree = now;
  }

  @CanIgnoreReturnValue
  public VirtualNode start() {
    input(new Input.Start(ledger.info(), line(), validators));
    return this;
  }

  /// What the node's wiring gives to an engine whose blocks are final by depth.
  private List<Bytes> line() {
    Deque<Bytes> line = new ArrayDeque<>();
    if (engine.descriptor().finality() instanceof Finality.Probabilistic) {
      Optional<Block> at = blocks.apply(ledger.info().head().hash());
      while (at.isPresent()) {
        line.push(at.get().header().encode());
        at = blocks.apply(at.get().header().parent());
      }
    }
    return List.copyOf(line);
  }

  /// Puts a transaction into the pool and tells the engine.
  public void submit(SignedTransaction transaction) {
    pool.accept(transaction);
    poolChanged();
  }

  /// Tells the engine what waits.
  public void poolChanged() {
    input(new Input.TransactionsPending(ledger.pending()));
  }

  /// Gives the engine one input now and begins its effects.
  @CanIgnoreReturnValue
  public List<Effect> input(Input input) {
    List<Effect> effects = engine.step(input, now);
    for (Effect effect : effects) {
      trace.add(now + " " + effect);
      begin(effect);
    }
    return effects;
  }

  private void begin(Effect effect) {
    switch (effect) {
      // A timer that was replaced runs out as well: engines must look at the generation.
      case Effect.SetTimer timer ->
          at(
              now.plus(timer.after()),
              () -> input(new Input.Timer(timer.kind(), timer.generation())));
      case Effect.Build build -> {
        var payload = ledger.build(build.payload());
        ledgerAnswers(() -> input(new Input.Built(build.request(), payload)));
      }
      case Effect.Check check -> {
        var verdict = ledger.check(check.block(), now);
        ledgerAnswers(() -> input(new Input.Checked(check.block().ref(), verdict)));
      }
      case Effect.Decide decide ->
          ledgerAnswers(
              () -> {
                ledger.decide(decide.decision());
                var at = ledger.info();
                var block = blocks.apply(at.head().hash()).orElseThrow();
                decided.add(new Decided(block.header(), block.body().transactions().size(), now));
                input(new Input.Decided(at.head(), at));
                poolChanged();
              });
      case Effect.Sign sign ->
          at(now, () -> input(new Input.Signed(sign.request(), signer.sign(sign.intent()))));
      case Effect.Answer answer -> answers.put(answer.request(), answer.result());
      case Effect.Grind grind -> {
        long mine = ++grinds;
        Found found = Objects.requireNonNull(mill, "no mill").find(grind);
        at(
            now.plus(found.after()),
            () -> {
              if (mine == grinds) {
                input(new Input.Ground(grind.request(), found.header()));
              }
            });
      }
      case Effect.Disseminate spread -> network.accept(spread.block());
      case Effect.Penalize penalty -> penalties.add(penalty);
      case Effect.Halt halt -> throw new AssertionError("halted: " + halt.why());
      default -> {}
    }
  }

  private void ledgerAnswers(Runnable answer) {
    Instant begins = ledgerFree.isAfter(now) ? ledgerFree : now;
    ledgerFree = begins.plus(ledgerTime);
    at(ledgerFree, answer);
  }

  private void at(Instant when, Runnable action) {
    events.add(new Event(when, sequence++, action));
  }

  /// Lets so much time go by.
  public void run(Duration time) {
    Instant end = now.plus(time);
    while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
      Event event = events.poll();
      now = event.at();
      event.action().run();
    }
    now = end;
  }

  public Instant now() {
    return now;
  }

  public List<Decided> decided() {
    return decided;
  }

  public Map<Long, CommandResult> answers() {
    return answers;
  }

  /// Every effect with its time, as text.
  public List<String> trace() {
    return trace;
  }
}
