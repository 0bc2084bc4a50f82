package org.bitcloud.market.renter;

import java.util.Collection;
import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.peer.PeerSession;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// Finds out which sectors of an interrupted `put` are at their providers: asks each for the first
/// leaf of every sector, which it can only answer if it has it.
final class PlacedProbe {
  private static final int AHEAD = 32;

  private final Providers providers;

  PlacedProbe(Providers providers) {
    this.providers = providers;
  }

  /// Marks what is there. A provider that does not answer has nothing, for now.
  void probe(Collection<Lane> lanes, Collection<PutRecord.Slab> slabs) {
    List<PutRecord.Slab> known = List.copyOf(slabs);
    Parallel.forEach(List.copyOf(lanes), lane -> probe(lane, known));
  }

  private void probe(Lane lane, List<PutRecord.Slab> slabs) {
    Agreement agreement = lane.agreement();
    try (PeerSession session =
        providers.sectors(agreement.terms().provider(), agreement.endpoint())) {
      int asked = 0;
      for (int i = 0; i < slabs.size(); i++) {
        while (asked < slabs.size() && asked - i < AHEAD) {
          Hash root = slabs.get(asked++).roots().get(agreement.position());
          session.send(new Message.ReadRange(root, 0, 1));
        }
        session.flush();
        if (isThere(session)) {
          lane.markPlaced(slabs.get(i).index());
        }
      }
    } catch (MarketException e) {
      // What was not probed is sent again.
    }
  }

  private static boolean isThere(PeerSession session) throws MarketException {
    try {
      Bytes leaf = session.received();
      return !leaf.isEmpty();
    } catch (MarketException e) {
      if (e.error() == MarketError.SECTOR_UNKNOWN || e.error() == MarketError.SECTOR_CORRUPT) {
        return false;
      }
      throw e;
    }
  }
}
