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

/// Nobody is there, so all that is sent has reached everybody.
final class Alone implements Broadcast {
  @Override
  public void send(Set<Peer> to, Channel channel, Bytes message, Priority priority) {}

  @Override
  public void gossip(Channel channel, Bytes message) {}

  @Override
  public void disseminate(Block block, Dissemination how) {}

  @Override
  public void fetch(FetchTarget target, Optional<Peer> prefer) {}

  @Override
  public void penalize(Peer peer, String why, int points) {}
}
