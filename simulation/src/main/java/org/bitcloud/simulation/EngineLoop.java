package org.bitcloud.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.ledger.LedgerInfo;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.consensus.runtime.Signer;
import org.bitcloud.consensus.validator.ValidatorSet;

/// Runs a consensus engine on the caller's thread: each effect is carried out at once, and its
/// answer is the next input. Timers ring when the caller says so.
final class EngineLoop {
  private final EmbeddedEngine engine;
  private final LedgerPort ledger;
  private final Signer signer;
  private final VirtualClock clock;
  private final Queue<Input> inputs = new ArrayDeque<>();
  private Optional<Alarm> alarm = Optional.empty();

  private record Alarm(Instant at, Input.Timer timer) {}

  EngineLoop(EmbeddedEngine engine, LedgerPort ledger, Signer signer, VirtualClock clock) {
    this.engine = engine;
    this.ledger = ledger;
    this.signer = signer;
    this.clock = clock;
  }

  void start(ValidatorSet validators) {
    run(new Input.Start(ledger.info(), List.of(), validators));
  }

  void stop() {
    run(new Input.Stop());
    alarm = Optional.empty();
  }

  /// Lets time pass until the timer rings.
  void ring() {
    Alarm next = alarm.orElseThrow(() -> new IllegalStateException("the engine waits for nothing"));
    alarm = Optional.empty();
    if (clock.instant().isBefore(next.at())) {
      clock.advance(Duration.between(clock.instant(), next.at()));
    }
    run(next.timer());
  }

  private void run(Input first) {
    inputs.add(first);
    while (!inputs.isEmpty()) {
      for (Effect effect : engine.step(inputs.remove(), clock.instant())) {
        carryOut(effect);
      }
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.SetTimer set ->
          alarm =
              Optional.of(
                  new Alarm(
                      clock.instant().plus(set.after()),
                      new Input.Timer(set.kind(), set.generation())));
      case Effect.Build build ->
          inputs.add(new Input.Built(build.request(), ledger.build(build.payload())));
      case Effect.Sign sign ->
          inputs.add(new Input.Signed(sign.request(), signer.sign(sign.intent())));
      case Effect.Check check ->
          inputs.add(
              new Input.Checked(check.block().ref(), ledger.check(check.block(), clock.instant())));
      case Effect.Decide decide -> {
        ledger.decide(decide.decision());
        LedgerInfo at = ledger.info();
        inputs.add(new Input.Decided(at.head(), at));
        inputs.add(new Input.TransactionsPending(ledger.pending()));
      }
      case Effect.Disseminate _ -> {} // nobody else is there
      default -> throw new IllegalStateException("an engine that seals alone asks for " + effect);
    }
  }
}
