package org.bitcloud.consensus.poa;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.runtime.EngineRuntime;
import org.bitcloud.primitives.Address;

/// How the operator of a signer votes on others. For any thread.
public final class SignerControl {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final EngineRuntime runtime;

  /// Controls the `poa` engine that `runtime` runs.
  public SignerControl(EngineRuntime runtime) {
    this.runtime = runtime;
  }

  /// Votes for a new signer, or for a signer to go, in the next block of this signer in which that
  /// can count, and again after an epoch, until the majority has decided so.
  ///
  /// @param adds whether the subject shall sign, else shall not
  public CommandResult propose(Address subject, boolean adds) throws InterruptedException {
    return ask("vote", Map.of("kind", adds ? "add" : "remove", "subject", subject.toHex()));
  }

  /// Votes no more, and takes back a vote that has not passed yet.
  public CommandResult discard(Address subject) throws InterruptedException {
    return ask("discard", Map.of("subject", subject.toHex()));
  }

  private CommandResult ask(String command, Map<String, String> arguments)
      throws InterruptedException {
    try {
      return runtime.command(command, arguments).get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new CommandResult(false, "the engine does not answer");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
