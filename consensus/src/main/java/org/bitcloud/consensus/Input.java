package org.bitcloud.consensus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.consensus.ledger.LedgerInfo;
import org.bitcloud.consensus.ledger.PendingTransactions;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Bytes;

/// What happens to an engine. Requests are numbered by the engine; an answer carries the number.
public sealed interface Input {
  /// The first input.
  ///
  /// @param at where the ledger stands
  /// @param log the records that were appended, as far as they survived, oldest first
  /// @param validators the set that seals the next block
  record Start(LedgerInfo at, List<Bytes> log, ValidatorSet validators) implements Input {
    /// Takes an unmodifiable copy.
    public Start {
      log = List.copyOf(log);
    }
  }

  /// A timer ran out. The engine ignores generations that it has replaced.
  record Timer(int kind, long generation) implements Input {}

  /// A message came. Untrusted, at most as long as the channel allows.
  record FromPeer(Peer from, Channel channel, Bytes message) implements Input {}

  /// Answer to [Effect.Verify]: one flag for each check.
  record Verified(long request, List<Boolean> valid) implements Input {
    /// Takes an unmodifiable copy.
    public Verified {
      valid = List.copyOf(valid);
    }
  }

  /// A link to a peer came up.
  ///
  /// @param key the validator that it has proved to be, if any
  record PeerUp(Peer peer, Optional<ValidatorKey> key) implements Input {}

  /// The link to a peer is gone.
  record PeerGone(Peer peer) implements Input {}

  /// Answer to [Effect.Build]; empty when the parent cannot be built on any more.
  record Built(long request, Optional<UnsealedBlock> payload) implements Input {}

  /// Answer to [Effect.Check].
  record Checked(BlockRef block, Verdict verdict) implements Input {}

  /// Answer to [Effect.Sign]; empty when the guard refused.
  record Signed(long request, Optional<Bytes> signature) implements Input {}

  /// Answer to [Effect.Grind]: the header with the nonce that was found.
  record Ground(long request, BlockHeader header) implements Input {}

  /// A block of somebody else is here, body and all. Not checked.
  record BlockArrived(Block block, Optional<Peer> from) implements Input {}

  /// The ledger has made a decision true: ours, or one that came by sync.
  record Decided(BlockHeader tip, LedgerInfo at) implements Input {}

  /// Transactions wait, after a new one came or a block left some over.
  record TransactionsPending(PendingTransactions pending) implements Input {}

  /// The ledger's finalised state says that a new validator-set period has begun.
  record TermStarted(ValidatorSet validators) implements Input {}

  /// An operator wants something that only this engine offers; answered by [Effect.Answer].
  record Command(long request, String name, Map<String, String> arguments) implements Input {
    /// Takes an unmodifiable copy.
    public Command {
      arguments = Map.copyOf(arguments);
    }
  }

  /// The last input. Its effects are still executed.
  record Stop() implements Input {}
}
