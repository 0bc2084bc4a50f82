package org.bitcloud.consensus.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one embedded engine.
///
/// Two threads: one owns the engine and begins its effects in order, the other owns the ledger and
/// builds, checks and decides blocks in the order in which the engine asked. What fails on either
/// stops both and is told to the listener: a node that does not know what it has promised or stored
/// must not go on. Any thread may call any method.
public final class EngineRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);

  /// How many inputs from outside may wait.
  public static final int INPUTS_MAX = 4096;

  private static final int COMMANDS_MAX = 1024;
  private static final Duration STOP_MAX = Duration.ofSeconds(10);
  private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();

  private final EmbeddedEngine engine;
  private final RuntimePorts ports;
  private final EngineListener listener;
  private final Mailbox mailbox = new Mailbox(INPUTS_MAX);
  private final LedgerLane ledger;
  private final Timers timers = new Timers(); // the engine's thread
  private final Queue<Input> own = new ArrayDeque<>(); // the engine's thread
  private final Map<Long, CompletableFuture<CommandResult>> commands = new ConcurrentHashMap<>();
  private final AtomicLong commandIds = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Thread owner;

  private EngineRuntime(
      EmbeddedEngine engine, ValidatorSet validators, RuntimePorts ports, EngineListener listener) {
    this.engine = engine;
    this.ports = ports;
    this.listener = listener;
    this.ledger = new LedgerLane(ports.ledger(), ports.clock(), mailbox, this::halt);
    this.owner = Thread.ofPlatform().name("bitcloud-consensus").unstarted(() -> run(validators));
  }

  /// Starts the engine where the ledger stands.
  ///
  /// @param validators the set that seals the next block
  /// @param listener told when the engine halts
  public static EngineRuntime start(
      EmbeddedEngine engine, ValidatorSet validators, RuntimePorts ports, EngineListener listener) {
    EngineRuntime runtime = new EngineRuntime(engine, validators, ports, listener);
    runtime.owner.start();
    return runtime;
  }

  private void run(ValidatorSet validators) {
    try {
      step(new Input.Start(ports.ledger().info(), ports.log().entries(), validators));
      ledger.lookAtPool();
      boolean running = true;
      while (running) {
        Input input = next();
        if (input != null) {
          step(input);
          running = !(input instanceof Input.Stop);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      halt("the engine's thread was interrupted", e);
    } catch (Throwable e) { // the root of a thread: whatever it is, the node must not go on
      halt("the engine failed", e);
    } finally {
      end();
    }
  }

  private @Nullable Input next() throws InterruptedException {
    if (ended.get()) {
      return new Input.Stop();
    }
    Input input = own.poll();
    if (input == null) {
      input = timers.due(System.nanoTime());
    }
    if (input == null) {
      input = mailbox.poll(timers.untilNext(System.nanoTime(), IDLE_NANOS));
    }
    return input;
  }

  private void step(Input input) {
    for (Effect effect : engine.step(input, ports.clock().instant())) {
      if (ended.get()) {
        return; // an effect before this one could not be carried out
      }
      begin(effect);
    }
  }

  private void begin(Effect effect) {
    switch (effect) {
      case Effect.SetTimer timer -> timers.set(timer, System.nanoTime());
      case Effect.Build build -> ledger.build(build);
      case Effect.Check check -> ledger.check(check.block());
      case Effect.Decide decide -> ledger.decide(decide.decision());
      case Effect.Sign sign ->
          own.add(new Input.Signed(sign.request(), ports.signer().sign(sign.intent())));
      case Effect.Append append -> ports.log().append(append.entry(), append.durable());
      case Effect.Verify verify -> ports.pool().execute(() -> verify(verify));
      case Effect.Grind grind ->
          ports
              .grinder()
              .grind(
                  grind.template(),
                  grind.target(),
                  found -> mailbox.answer(new Input.Ground(grind.request(), found)));
      case Effect.Send send ->
          ports.network().send(send.to(), send.channel(), send.message(), send.priority());
      case Effect.Gossip gossip -> ports.network().gossip(gossip.channel(), gossip.message());
      case Effect.Disseminate spread -> ports.network().disseminate(spread.block(), spread.how());
      case Effect.Fetch fetch -> ports.network().fetch(fetch.target(), fetch.prefer());
      case Effect.Penalize penalty ->
          ports.network().penalize(penalty.peer(), penalty.why(), penalty.points());
      case Effect.Report report -> listener.misbehaved(report.misbehaviour());
      case Effect.Answer answer -> answer(answer.request(), answer.result());
      case Effect.Halt halt -> halt(halt.why(), null);
    }
  }

  private void verify(Effect.Verify verify) {
    try {
      List<Boolean> valid = verify.checks().stream().map(SignatureChecks::isValid).toList();
      mailbox.answer(new Input.Verified(verify.request(), valid));
    } catch (RuntimeException e) {
      halt("a signature could not be checked", e);
    }
  }

  /// Tells the engine that the pool has something new. Cheap and never blocks: many calls while the
  /// ledger is busy are one.
  public void transactionsPending() {
    ledger.lookAtPool();
  }

  /// Hands an input from outside to the engine: a message, a peer, a block.
  ///
  /// @return false when it was dropped because too many wait or the engine has stopped
  public boolean offer(Input input) {
    return !ended.get() && mailbox.offer(input);
  }

  /// Sends the engine an operator's command. The future is done when the engine has answered; when
  /// it stops before, the answer says so.
  public Future<CommandResult> command(String name, Map<String, String> arguments) {
    long id = commandIds.incrementAndGet();
    CompletableFuture<CommandResult> future = new CompletableFuture<>();
    commands.put(id, future);
    if (commands.size() > COMMANDS_MAX) {
      answer(id, new CommandResult(false, "too many commands wait"));
    } else if (!offer(new Input.Command(id, name, arguments))) {
      answer(id, new CommandResult(false, "the engine has stopped or is overloaded"));
    } else if (ended.get()) {
      answer(id, new CommandResult(false, "the engine has stopped"));
    }
    return future;
  }

  private void answer(long command, CommandResult result) {
    CompletableFuture<CommandResult> future = commands.remove(command);
    if (future != null) {
      future.complete(result);
    }
  }

  private void halt(String why, @Nullable Throwable cause) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    LOG.error("consensus halts: {}", why, cause);
    mailbox.answer(new Input.Stop()); // wakes the engine's thread
    // Not on this thread: the listener may close this runtime, which waits for this thread.
    Thread.ofPlatform()
        .name("bitcloud-halt")
        .start(() -> listener.halted(why, Optional.ofNullable(cause)));
  }

  private void end() {
    ended.set(true);
    ledger.refuse();
    for (Long id : commands.keySet()) {
      answer(id, new CommandResult(false, "the engine has stopped"));
    }
  }

  /// Stops the engine and waits, at most 10 s, until nothing is executed any more: a decision in
  /// progress is finished. The ledger may be closed then. Idempotent.
  @Override
  public void close() {
    mailbox.answer(new Input.Stop());
    try {
      long end = System.nanoTime() + STOP_MAX.toNanos();
      boolean stopped = owner.join(STOP_MAX);
      stopped &= ledger.close(end - System.nanoTime());
      if (!stopped) {
        LOG.error("consensus did not stop within {}", STOP_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
