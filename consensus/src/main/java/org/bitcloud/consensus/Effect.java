package org.bitcloud.consensus;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.ledger.Decision;
import org.bitcloud.consensus.ledger.Misbehaviour;
import org.bitcloud.consensus.ledger.PayloadRequest;
import org.bitcloud.primitives.Bytes;

/// What an engine wants done. Effects are begun in the order of the list; a durable [Append] has
/// reached the disk before the next one begins.
public sealed interface Effect {
  /// Sets the timer of this kind, instead of the one before.
  ///
  /// @param after from now on; a time that has passed is now
  record SetTimer(int kind, long generation, Duration after) implements Effect {
    /// Takes a negative time as none.
    public SetTimer {
      after = after.isNegative() ? Duration.ZERO : after;
    }
  }

  /// Sends to some peers; the empty set is every validator.
  record Send(Set<Peer> to, Channel channel, Bytes message, Priority priority) implements Effect {
    /// Takes an unmodifiable copy.
    public Send {
      to = Set.copyOf(to);
    }
  }

  /// Sends to all peers, through each other.
  record Gossip(Channel channel, Bytes message) implements Effect {}

  /// Spreads a block.
  record Disseminate(Block block, Dissemination how) implements Effect {}

  /// Asks the ledger for a block; answered by [Input.Built].
  record Build(long request, PayloadRequest payload) implements Effect {}

  /// Has the ledger judge and execute a block; answered by [Input.Checked].
  record Check(Block block) implements Effect {}

  /// Has signatures checked on other threads; answered by [Input.Verified].
  record Verify(long request, List<SignatureCheck> checks) implements Effect {
    /// Takes an unmodifiable copy.
    public Verify {
      checks = List.copyOf(checks);
    }
  }

  /// Asks the signer; answered by [Input.Signed].
  record Sign(long request, SignIntent intent) implements Effect {}

  /// Looks for a nonce until the next such effect; answered by [Input.Ground].
  record Grind(long request, BlockHeader template, BigInteger target) implements Effect {}

  /// Appends to the engine's log.
  ///
  /// @param durable whether it must be on disk before the next effect
  record Append(Bytes entry, boolean durable) implements Effect {}

  /// Asks peers for what is missing.
  record Fetch(FetchTarget target, Optional<Peer> prefer) implements Effect {}

  /// Has the ledger make a decision true; answered by [Input.Decided].
  record Decide(Decision decision) implements Effect {}

  /// Tells of a validator's misbehaviour.
  record Report(Misbehaviour misbehaviour) implements Effect {}

  /// Holds something against a peer.
  ///
  /// @param points 100 is enough to be banned
  record Penalize(Peer peer, String why, int points) implements Effect {}

  /// Answers an operator's command.
  record Answer(long request, CommandResult result) implements Effect {}

  /// Stops the node: going on would break a promise.
  record Halt(String why) implements Effect {}
}
