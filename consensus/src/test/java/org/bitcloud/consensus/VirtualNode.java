package org.bitcloud.consensus;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.runtime.Signer;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Runs an engine on one thread in virtual time: what the runtime does, without threads. The
/// ledger's work takes as long as the test says.
public final class VirtualNode {
  private final EmbeddedEngine engine;
  private final ValidatorSet validators;
  private final FakeLedger ledger;
  private final Signer signer;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::sequence));
  private final List<Decided> decided = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final Map<Long, CommandResult> answers = new HashMap<>();
  private Instant now;
  private Instant ledgerFree;
  private long sequence;

  /// How long the ledger takes for one request.
  public Duration ledgerTime = Duration.ZERO;

  /// A block and when it was decided.
  public record Decided(BlockHeader header, int transactions, Instant at) {}

  private record Event(Instant at, long sequence, Runnable action) {}

  public VirtualNode(
      EmbeddedEngine engine,
      ValidatorSet validators,
      FakeLedger ledger,
      Signer signer,
      Instant now) {
    this.engine = engine;
    this.validators = validators;
    this.ledger = ledger;
    this.signer = signer;
    this.now = now;
    this.ledgerFree = now;
  }

  @CanIgnoreReturnValue
  public VirtualNode start() {
    input(new Input.Start(ledger.info(), List.of(), validators));
    return this;
  }

  /// Puts a transaction into the pool and tells the engine.
  public void submit(SignedTransaction transaction) {
    ledger.submit(transaction);
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
                var block = ledger.decided().getLast();
                decided.add(new Decided(block.header(), block.body().transactions().size(), now));
                input(new Input.Decided(ledger.head(), ledger.info()));
                poolChanged();
              });
      case Effect.Sign sign ->
          at(now, () -> input(new Input.Signed(sign.request(), signer.sign(sign.intent()))));
      case Effect.Answer answer -> answers.put(answer.request(), answer.result());
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
