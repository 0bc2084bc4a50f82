package org.bitcloud.simulation;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;

/// A renter that forms contracts and posts revisions. Its transactions wait for the next block.
public final class SimulatedRenter {
  private static final long TERMS_BLOCKS = 20;

  private final SimulatedChain chain;
  private final KeyPair key;
  private final Map<Hash, Long> revisions = new HashMap<>();
  private long nonce;

  /// The renter of a name.
  public SimulatedRenter(SimulatedChain chain, String name) {
    this.chain = chain;
    this.key = chain.key(name);
  }

  /// What a contract costs and how much it holds.
  ///
  /// @param sectorsMax sectors that the escrow pays for
  /// @param price drops for a sector and window, a multiple of 20
  /// @param collateral drops for a sector, a multiple of 60
  /// @param windows valid windows from the one in which it is formed, that included
  public record Offer(long sectorsMax, long price, long collateral, long windows) {}

  /// Its account.
  public Address address() {
    return key.address();
  }

  /// Its key.
  public KeyPair key() {
    return key;
  }

  /// Forms a contract in the next block.
  public Deal form(SimulatedProvider provider, Offer offer) {
    // Good in the open window and in the next, whichever the block falls into.
    long start = chain.window().index() + 1;
    StorageTerms terms =
        new StorageTerms(
            key.address(),
            provider.address(),
            offer.sectorsMax(),
            Amount.of(offer.price()),
            Amount.of(offer.collateral()),
            start,
            start + offer.windows(),
            nonce++,
            chain.head().height().value() + TERMS_BLOCKS);
    Hash id = terms.digest(chain.domain());
    Hash _ =
        chain.submit(key, terms.escrow(), new StorageCall.Form(terms, sign(id), provider.sign(id)));
    return new Deal(id, terms, this, provider);
  }

  /// Gives the provider sectors in place of what the contract held, and posts that in the next
  /// block; it is paid and challenged from the next window on.
  @CanIgnoreReturnValue
  public Hash store(Deal deal, List<SeededSector> sectors) {
    ContractTree tree = ContractTree.of(sectors.stream().map(SeededSector::root).toList());
    deal.provider().hold(deal.id(), tree, sectors);
    StorageRevision revision =
        new StorageRevision(
            deal.id(), revisions.merge(deal.id(), 1L, Long::sum), tree.root(), sectors.size());
    Hash digest = revision.digest(chain.domain());
    return chain.submit(
        key,
        Amount.ZERO,
        new StorageCall.Revise(revision, sign(digest), deal.provider().sign(digest)));
  }

  /// Ends a contract, or claims what is left of an abandoned one, in the next block.
  @CanIgnoreReturnValue
  public Hash end(Deal deal) {
    return chain.submit(key, Amount.ZERO, new StorageCall.End(deal.id()));
  }

  private Bytes sign(Hash digest) {
    return key.sign(digest).toBytes65();
  }
}
