package org.bitcloud.consensus.poa;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.MalformedException;

/// Who signs after a block of the `poa` engine, and what is being voted on.
///
/// @param signers in rising order
/// @param recent who may not sign the next block, the latest first
/// @param votes by subject: who wants to have it removed where it signs, else added
public record SignerStatus(
    List<Address> signers, List<Address> recent, SortedMap<Address, SortedSet<Address>> votes) {
  /// Takes unmodifiable copies.
  public SignerStatus {
    signers = List.copyOf(signers);
    recent = List.copyOf(recent);
    SortedMap<Address, SortedSet<Address>> copy = new TreeMap<>();
    votes.forEach(
        (subject, voters) ->
            copy.put(subject, Collections.unmodifiableSortedSet(new TreeSet<>(voters))));
    votes = Collections.unmodifiableSortedMap(copy);
  }

  /// Reads a header of the engine.
  ///
  /// @param genesis the first signers
  /// @throws IllegalArgumentException if another engine made it
  public static SignerStatus after(BlockHeader header, ValidatorSet genesis) {
    try {
      Signers after = PoaRules.below(header, genesis).signers();
      return new SignerStatus(after.members(), after.recent(), after.votes());
    } catch (MalformedException e) {
      throw new IllegalArgumentException("not a header of the poa engine: " + header, e);
    }
  }

  /// Whether an address may sign.
  public boolean signs(Address address) {
    return signers.contains(address);
  }
}
