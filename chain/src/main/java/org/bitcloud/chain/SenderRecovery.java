package org.bitcloud.chain;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bitcloud.chain.state.Workers;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// Recovers the signers of many transactions or attestations on all processors. Each remembers its
/// own, so a second call costs next to nothing.
public final class SenderRecovery {
  private static final int TRANSACTIONS_A_CHUNK = 32;

  private final Workers workers;

  /// Recovers with these threads.
  public SenderRecovery(Workers workers) {
    this.workers = workers;
  }

  /// An item with a signature that names nobody.
  ///
  /// @param index its place in the list
  /// @param reason what is wrong with it
  public record Failure(int index, String reason) {}

  /// Recovers all senders.
  ///
  /// @return the failure of the lowest index, or empty when all have a sender
  public Optional<Failure> recover(List<SignedTransaction> transactions) {
    return recover(transactions, TRANSACTIONS_A_CHUNK, SignedTransaction::sender);
  }

  /// Recovers all signers, of whom an attestation has up to 65.
  ///
  /// @return the failure of the lowest index, or empty when all have signers
  public Optional<Failure> recoverSigners(List<BandwidthAttestation> attestations) {
    return recover(attestations, 1, BandwidthAttestation::signers);
  }

  private <T> Optional<Failure> recover(List<T> items, int chunk, Recovery<T> recovery) {
    AtomicReference<@Nullable Failure> first = new AtomicReference<>();
    workers.run(
        (items.size() + chunk - 1) / chunk,
        part -> {
          int end = Math.min(items.size(), (part + 1) * chunk);
          for (int i = part * chunk; i < end; i++) {
            recover(items, i, recovery, first);
          }
        });
    return Optional.ofNullable(first.get());
  }

  private static <T> void recover(
      List<T> items, int index, Recovery<T> recovery, AtomicReference<@Nullable Failure> first) {
    try {
      var _ = recovery.of(items.get(index));
    } catch (MalformedException e) {
      Failure failure = new Failure(index, String.valueOf(e.getMessage()));
      first.accumulateAndGet(failure, SenderRecovery::earlier);
    }
  }

  private static Failure earlier(@Nullable Failure known, Failure other) {
    return known != null && known.index() <= other.index() ? known : other;
  }

  /// Finds out who signed.
  private interface Recovery<T> {
    Object of(T item) throws MalformedException;
  }
}
