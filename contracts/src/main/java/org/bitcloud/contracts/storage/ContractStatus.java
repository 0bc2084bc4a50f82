package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// A contract, as it stands once all closed windows are settled.
///
/// @param parties renter, provider and what they agreed on
/// @param phase where it stands in its life
/// @param windowsLeft valid windows until its end, the open one among them
/// @param revision number of the latest revision; 0 before the first
/// @param frozen what challenges of the open window use
/// @param next what challenges use from the next window on
/// @param books where its coins are
public record ContractStatus(
    Parties parties,
    Phase phase,
    long windowsLeft,
    long revision,
    Content frozen,
    Content next,
    Books books) {
  /// What never changes.
  ///
  /// @param renter who pays
  /// @param provider who stores
  /// @param maxSectors sectors that it may hold
  /// @param price drops for one sector and window
  /// @param collateral drops staked for one sector
  /// @param startWindow start by the terms
  /// @param endWindow end by the terms, if no window is void
  public record Parties(
      Address renter,
      Address provider,
      long maxSectors,
      Amount price,
      Amount collateral,
      long startWindow,
      long endWindow) {}

  /// What it holds.
  ///
  /// @param root Merkle root over its sectors; zero if there are none
  /// @param sectors how many there are
  public record Content(Hash root, long sectors) {
    static final Content NONE = new Content(Hash.ZERO, 0);
  }

  /// Where its coins are.
  ///
  /// @param escrow the renter's drops left in it
  /// @param collateral the provider's drops left in it
  /// @param paid drops taken from the escrow so far
  /// @param provenLeaves leaves that were paid while it held sectors; 20 make a full window
  /// @param missedLeaves its own leaves that were drawn and not proven
  public record Books(
      Amount escrow, Amount collateral, Amount paid, long provenLeaves, long missedLeaves) {}

  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "Contract",
          Fields.address("renter"),
          Fields.address("provider"),
          Fields.u64("maxSectors"),
          Fields.u256("price"),
          Fields.u256("collateral"),
          Fields.u64("startWindow"),
          Fields.u64("endWindow"),
          Fields.typed("phase", AbiType.uint8()),
          Fields.u64("windowsLeft"),
          Fields.u64("revision"),
          Fields.hash("root"),
          Fields.u64("sectors"),
          Fields.hash("nextRoot"),
          Fields.u64("nextSectors"),
          Fields.u256("escrow"),
          Fields.u256("collateralLeft"),
          Fields.u256("paid"),
          Fields.u64("provenLeaves"),
          Fields.u64("missedLeaves"));

  void write(AbiWriter writer) {
    writer.tuple(
        fields ->
            fields
                .address(parties.renter)
                .address(parties.provider)
                .uint(parties.maxSectors)
                .uint(parties.price)
                .uint(parties.collateral)
                .uint(parties.startWindow)
                .uint(parties.endWindow)
                .uint(phase.code())
                .uint(windowsLeft)
                .uint(revision)
                .hash(frozen.root)
                .uint(frozen.sectors)
                .hash(next.root)
                .uint(next.sectors)
                .uint(books.escrow)
                .uint(books.collateral)
                .uint(books.paid)
                .uint(books.provenLeaves)
                .uint(books.missedLeaves));
  }

  static ContractStatus read(AbiReader in) throws MalformedException {
    Parties parties =
        new Parties(
            in.address(),
            in.address(),
            in.uint64(),
            in.uint(),
            in.uint(),
            in.uint64(),
            in.uint64());
    return new ContractStatus(
        parties,
        Phase.of(in.uint8()),
        in.uint64(),
        in.uint64(),
        new Content(in.hash(), in.uint64()),
        new Content(in.hash(), in.uint64()),
        new Books(in.uint(), in.uint(), in.uint(), in.uint64(), in.uint64()));
  }
}
