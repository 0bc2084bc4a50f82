package org.bitcloud.consensus.runtime;

import java.util.Optional;
import java.util.Set;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.Channel;
import org.bitcloud.consensus.Dissemination;
import org.bitcloud.consensus.FetchTarget;
import org.bitcloud.consensus.Peer;
import org.bitcloud.consensus.Priority;
import org.bitcloud.primitives.Bytes;

/// The engine's way to other nodes. Called by the engine's thread: every method queues and returns,
/// and drops what does not fit.
public interface Broadcast {
  /// A network of one node: there is nobody to send to or to ask.
  Broadcast ALONE = new Alone();

  /// Sends to `to`; the empty set is every validator.
  void send(Set<Peer> to, Channel channel, Bytes message, Priority priority);

  /// Sends to all peers, through each other.
  void gossip(Channel channel, Bytes message);

  /// Spreads a block.
  void disseminate(Block block, Dissemination how);

  /// Asks for what is missing, `prefer` first.
  void fetch(FetchTarget target, Optional<Peer> prefer);

  /// Holds something against a peer; 100 points are enough to be banned.
  void penalize(Peer peer, String why, int points);
}
