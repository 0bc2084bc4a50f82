package org.bitcloud.chain;

import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// A decision of consensus that the chain carries out in one atomic batch.
///
/// The tip may extend the head by any number of executed blocks or stand on another branch; then
/// the chain undoes down to the fork and redoes up to the tip.
///
/// @param tip the new head
/// @param safe the block that tag `safe` names from now on: the tip or an ancestor of it
/// @param finalized the block below which nothing is ever undone: `safe` or an ancestor of it
/// @param sideData the engine's own entries, written in the same batch; empty deletes
/// @param certificate proof of finality of the tip, stored beside the block
public record Commit(
    Hash tip,
    Hash safe,
    Hash finalized,
    Map<Bytes, Optional<Bytes>> sideData,
    Optional<Bytes> certificate) {

  /// Takes an unmodifiable copy of the side data.
  public Commit {
    sideData = Map.copyOf(sideData);
  }

  /// Returns a commit under instant finality: head, safe and finalized are the tip.
  public static Commit finalize(Hash tip) {
    return new Commit(tip, tip, tip, Map.of(), Optional.empty());
  }

  /// Returns a commit of a head that may be undone later.
  public static Commit switchTo(Hash tip, Hash safe, Hash finalized) {
    return new Commit(tip, safe, finalized, Map.of(), Optional.empty());
  }

  /// Returns this commit with engine entries to write.
  public Commit withSideData(Map<Bytes, Optional<Bytes>> entries) {
    return new Commit(tip, safe, finalized, entries, certificate);
  }

  /// Returns this commit with a proof of finality.
  public Commit withCertificate(Bytes proof) {
    return new Commit(tip, safe, finalized, sideData, Optional.of(proof));
  }
}
