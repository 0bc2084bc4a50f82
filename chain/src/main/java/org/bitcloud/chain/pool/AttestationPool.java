package org.bitcloud.chain.pool;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.bitcloud.chain.AppliedBlock;
import org.bitcloud.chain.AttestationSource;
import org.bitcloud.chain.ChainListener;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.Subscription;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.KnownAttestations;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.AttestationRefusal;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.Journal;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.attestation.BandwidthMeasurement;

/// The bounded pool of attestations that wait for a block, one for each target and window.
///
/// Who signed is recovered once, when an attestation comes in; blocks take that over. Follows the
/// committed line: what is in a block or no longer due goes, what is undone comes back if it is
/// still due.
public final class AttestationPool
    implements ChainListener, KnownAttestations, AttestationSource, AutoCloseable {
  /// As many as a block may hold.
  public static final int SIZE_MAX = 4_096;

  /// As many bytes as two bodies of blocks.
  public static final long BYTES_MAX = 16L << 20;

  private final ChainView chain;
  private final int sizeMax;
  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Hash, BandwidthAttestation> byHash = new ConcurrentHashMap<>();
  private final NavigableMap<BandwidthMeasurement, BandwidthAttestation> inOrder = new TreeMap<>();
  private Subscription following = () -> {};
  private long bytes; // of all encodings; under the lock

  private AttestationPool(ChainView chain, int sizeMax, long bytesMax) {
    this.chain = chain;
    this.sizeMax = sizeMax;
    this.bytesMax = bytesMax;
  }

  /// Opens an empty pool that follows a chain until it is closed.
  public static AttestationPool open(ChainView chain) {
    return open(chain, SIZE_MAX, BYTES_MAX);
  }

  static AttestationPool open(ChainView chain, int sizeMax, long bytesMax) {
    AttestationPool pool = new AttestationPool(chain, sizeMax, bytesMax);
    pool.following = chain.subscribe(pool);
    return pool;
  }

  /// Takes an attestation in, or says why not. Recovers its signers, up to 65, only where there is
  /// a place for it.
  public AttestationVerdict submit(BandwidthAttestation attestation) {
    if (attestation.measurement().chainId() != chain.genesis().chainId()) {
      return refused(AttestationRule.WRONG_CHAIN, "" + attestation.measurement().chainId());
    }
    if (!chain.rules().takesAttestations(next().height())) {
      return refused(AttestationRule.INACTIVE, "");
    }
    Optional<AttestationVerdict> noPlace = locked(() -> noPlaceFor(attestation));
    if (noPlace.isPresent()) {
      return noPlace.get();
    }
    try {
      var _ = attestation.signers();
    } catch (MalformedException e) {
      return refused(AttestationRule.SIGNATURE, String.valueOf(e.getMessage()));
    }
    return locked(() -> add(attestation));
  }

  private Optional<AttestationVerdict> noPlaceFor(BandwidthAttestation attestation) {
    if (byHash.containsKey(attestation.hash())) {
      return Optional.of(refused(AttestationRule.ALREADY_KNOWN, ""));
    }
    if (inOrder.containsKey(attestation.measurement())) {
      return Optional.of(refused(AttestationRule.WINDOW_TAKEN, ""));
    }
    if (inOrder.size() >= sizeMax || bytes + attestation.size() > bytesMax) {
      return Optional.of(
          refused(AttestationRule.POOL_FULL, "at most " + sizeMax + " and " + bytesMax + " bytes"));
    }
    return Optional.empty();
  }

  private AttestationVerdict add(BandwidthAttestation attestation) {
    Optional<AttestationVerdict> noPlace = noPlaceFor(attestation);
    if (noPlace.isPresent()) {
      return noPlace.get();
    }
    try (StateView state = chain.latestState()) {
      Optional<AttestationRefusal> refusal = judge(state, attestation);
      if (refusal.isPresent()) {
        return refused(AttestationRule.NOT_DUE, refusal.get().message());
      }
    }
    inOrder.put(attestation.measurement(), attestation);
    byHash.put(attestation.hash(), attestation);
    bytes += attestation.size();
    return new AttestationVerdict.Added();
  }

  private Optional<AttestationRefusal> judge(StateView state, BandwidthAttestation attestation) {
    try {
      return chain
          .rules()
          .attest(new Journal(state::get), next(), attestation, attestation.signers());
    } catch (MalformedException e) {
      throw new IllegalStateException("its signers were recovered before", e);
    }
  }

  /* What the next block may know, but for its time and proposer, which nobody knows yet. */
  private BlockContext next() {
    return chain.pendingContext(chain.head().timeMillis() + 1, Address.ZERO);
  }

  private static AttestationVerdict refused(AttestationRule rule, String detail) {
    return new AttestationVerdict.Refused(rule, detail);
  }

  /// Removes what the block holds, and what its state makes undue.
  @Override
  public void applied(AppliedBlock block) {
    locked(
        () -> {
          block.block().body().attestations().forEach(this::drop);
          if (!inOrder.isEmpty()) {
            try (StateView state = chain.latestState()) {
              for (BandwidthAttestation waiting : candidates()) {
                judge(state, waiting).ifPresent(_ -> drop(waiting));
              }
            }
          }
          return block;
        });
  }

  /// Takes back what an undone block held, as far as the new head allows it.
  @Override
  public void reverted(Block block) {
    for (BandwidthAttestation attestation : block.body().attestations()) {
      var _ = submit(attestation);
    }
  }

  /* By target and window, too: what a block attested, nobody else can attest any more. */
  private void drop(BandwidthAttestation attestation) {
    BandwidthAttestation waiting = inOrder.remove(attestation.measurement());
    if (waiting != null) {
      byHash.remove(waiting.hash());
      bytes -= waiting.size();
    }
  }

  @Override
  public Optional<BandwidthAttestation> known(Hash attestation) {
    return Optional.ofNullable(byHash.get(attestation));
  }

  /// Returns everything that waits, in the order of blocks.
  @Override
  public List<BandwidthAttestation> candidates() {
    return locked(() -> new ArrayList<>(inOrder.values()));
  }

  /// Returns how many wait.
  public int size() {
    return byHash.size();
  }

  /// Stops following the chain.
  @Override
  public void close() {
    following.close();
  }

  @CanIgnoreReturnValue
  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
