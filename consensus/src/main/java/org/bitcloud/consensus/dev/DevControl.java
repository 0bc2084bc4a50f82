package org.bitcloud.consensus.dev;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.runtime.EngineRuntime;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;

/// What a development network may do that no other may: move chain time. For any thread.
public final class DevControl {
  private static final String ADVANCE = "advance";
  private static final String MILLIS = "millis";
  private static final Duration ADVANCE_MAX = Duration.ofDays(366);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final EngineRuntime runtime;

  /// Controls the `dev` engine that `runtime` runs.
  public DevControl(EngineRuntime runtime) {
    this.runtime = runtime;
  }

  /// Seals a block whose time is the head's plus `by`, with the transactions that wait, and returns
  /// when it is decided. Chain time stays ahead by so much from then on, also after a restart.
  ///
  /// @param by from 1 ms to 366 days, whole milliseconds
  /// @throws IllegalStateException when the engine refuses or does not answer; the message says why
  public BlockRef advance(Duration by) throws InterruptedException {
    if (by.toMillis() < 1 || by.compareTo(ADVANCE_MAX) > 0) {
      throw new IllegalArgumentException("cannot advance by " + by);
    }
    Future<CommandResult> answer =
        runtime.command(ADVANCE, Map.of(MILLIS, Long.toString(by.toMillis())));
    try {
      CommandResult result = answer.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
      if (!result.done()) {
        throw new IllegalStateException("cannot advance: " + result.text());
      }
      String[] parts = result.text().split(" ", 2);
      return new BlockRef(Hash.fromHex(parts[1]), Height.of(Long.parseLong(parts[0])));
    } catch (TimeoutException e) {
      throw new IllegalStateException("no block within " + ANSWER_MAX, e);
    } catch (ExecutionException | MalformedException e) {
      throw new IllegalStateException("cannot advance", e);
    }
  }

  /// How far an `advance` command goes, or empty for another command.
  static Optional<Duration> advance(Input.Command command) {
    String millis = command.arguments().get(MILLIS);
    if (!command.name().equals(ADVANCE) || millis == null) {
      return Optional.empty();
    }
    try {
      Duration by = Duration.ofMillis(Long.parseLong(millis));
      boolean allowed = by.isPositive() && by.compareTo(ADVANCE_MAX) <= 0;
      return allowed ? Optional.of(by) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// The answer to an `advance` command that was carried out.
  static String answer(BlockRef block) {
    return block.height().value() + " " + block.hash().toHex();
  }
}
