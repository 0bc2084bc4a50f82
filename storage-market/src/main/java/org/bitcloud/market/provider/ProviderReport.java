package org.bitcloud.market.provider;

import java.util.List;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// A provider at one moment, for people and scripts.
///
/// @param provider its account
/// @param endpoint its multiaddr as advertised
/// @param offer its prices
/// @param isPosted whether funds and prices are on chain
/// @param space how much it holds
/// @param contracts contracts that run or are about to
/// @param manifests objects that it can name by their ids
/// @param sessions sessions that are open now
/// @param proofs what it proved since it started
/// @param damaged roots of sectors found missing or damaged
/// @param books its coins on chain; null when the chain does not answer
/// @param failure why it stopped; empty while it works
public record ProviderReport(
    Address provider,
    Bytes endpoint,
    PriceOffer offer,
    boolean isPosted,
    Space space,
    long contracts,
    int manifests,
    int sessions,
    Proofs proofs,
    List<Hash> damaged,
    @Nullable ProviderStatus books,
    String failure) {
  /// Sectors of 4 MiB.
  ///
  /// @param capacity how many it offers to hold
  /// @param promised how many its contracts may fill
  /// @param stored how many are on its disk
  /// @param waiting how many of those wait for a revision
  public record Space(long capacity, long promised, long stored, int waiting) {}

  /// Proofs since the start.
  ///
  /// @param windows windows proven, in part or in full
  /// @param lastWindow the last one; -1 before the first
  /// @param lastLeaves how many of its 20 draws were proven
  /// @param problem what went wrong last; empty when nothing did
  public record Proofs(long windows, long lastWindow, int lastLeaves, String problem) {}

  /// Copies the roots.
  public ProviderReport {
    damaged = List.copyOf(damaged);
  }
}
