package org.bitcloud.contracts.storage;

import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// What a provider must prove in the open window.
///
/// @param window the open window
/// @param beacon its randomness
/// @param due drops that the window pays if all is proven
/// @param leaves the 20 draws in order, or none if nothing is due; one leaf may be drawn twice
public record Challenge(long window, Hash beacon, Amount due, List<Drawn> leaves) {
  /// Copies the list.
  public Challenge {
    leaves = List.copyOf(leaves);
  }

  /// One draw.
  ///
  /// @param contractId the contract that it fell on
  /// @param leafIndex the leaf among all leaves of the contract: sector * 8192 + leaf of the sector
  public record Drawn(Hash contractId, long leafIndex) {}

  static final AbiType.Tuple DRAWN_ABI =
      AbiType.tuple("Drawn", Fields.hash("contractId"), Fields.u64("leafIndex"));

  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "Challenge",
          Fields.u64("window"),
          Fields.hash("beacon"),
          Fields.u256("due"),
          Fields.typed("leaves", AbiType.array(DRAWN_ABI)));

  void write(AbiWriter writer) {
    writer.tuple(
        fields ->
            fields
                .uint(window)
                .hash(beacon)
                .uint(due)
                .array(
                    leaves,
                    (element, drawn) ->
                        element.tuple(d -> d.hash(drawn.contractId).uint(drawn.leafIndex))));
  }

  static Challenge read(AbiReader in) throws MalformedException {
    return new Challenge(
        in.uint64(),
        in.hash(),
        in.uint(),
        in.array(
            StorageParameters.DRAWS,
            element -> element.tuple(d -> new Drawn(d.hash(), d.uint64()))));
  }
}
