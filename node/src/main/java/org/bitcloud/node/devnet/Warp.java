package org.bitcloud.node.devnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.primitives.Address;

/// Lets storage windows pass in chain time: blocks an eighth of a window apart, and in each window
/// a wait for the proofs of the providers that run, so that the honest ones are paid.
public final class Warp {
  private static final Duration PROOF_PATIENCE = Duration.ofSeconds(20);
  private static final int STEPS = 8;

  private final StorageClient chain;
  private final HeadGate heads;
  private final Advance advance;
  private final Providers providers;

  /// Seals a block so many milliseconds after the head.
  @FunctionalInterface
  public interface Advance {
    /// Returns when the block is decided.
    void by(long millis) throws LedgerException;
  }

  /// Which providers run now.
  @FunctionalInterface
  public interface Providers {
    /// Their accounts.
    List<Address> running() throws LedgerException;
  }

  /// Hears of every window.
  @FunctionalInterface
  public interface Progress {
    /// `late` providers had not proven the window in time.
    void window(long index, long done, int late);
  }

  /// A warp of the chain behind a ledger.
  public Warp(Ledger ledger, HeadGate heads, Advance advance, Providers providers) {
    this.chain = new StorageClient(ledger);
    this.heads = heads;
    this.advance = advance;
    this.providers = providers;
  }

  /// Lets so many windows open.
  ///
  /// @return the open window at the end
  public WindowStatus run(long windows, Progress progress) throws LedgerException {
    WindowStatus window = chain.window();
    long first = window.index();
    long step = Math.max(1, window.lengthMillis() / STEPS);
    int late = awaitProofs(window);
    while (window.index() < first + windows) {
      advance.by(step);
      WindowStatus now = chain.window();
      if (now.index() != window.index()) {
        progress.window(window.index(), now.index() - first, late);
        window = now;
        late = awaitProofs(window);
      }
    }
    return window;
  }

  /// Waits for the proofs of one window; returns how many are missing.
  private int awaitProofs(WindowStatus window) throws LedgerException {
    List<Address> missing = new ArrayList<>();
    for (Address provider : providers.running()) {
      if (!chain.challenge(provider).leaves().isEmpty()) {
        missing.add(provider);
      }
    }
    Optional<Boolean> _ =
        heads.await(
            () -> {
              if (chain.window().index() != window.index()) {
                return Optional.of(true);
              }
              List<Address> still = new ArrayList<>();
              for (Address provider : missing) {
                if (chain.provider(provider).provenMask() == 0) {
                  still.add(provider);
                }
              }
              missing.retainAll(still);
              return missing.isEmpty() ? Optional.of(true) : Optional.empty();
            },
            missing.isEmpty() ? Duration.ZERO : PROOF_PATIENCE);
    return missing.size();
  }
}
