package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// A provider's books, as they stand once all closed windows are settled.
///
/// @param known whether it ever posted prices or deposited; all else is zero if not
/// @param funds drops that it may withdraw or stake
/// @param locked collateral of its running contracts
/// @param escrow renters' drops in its running contracts
/// @param earned payouts so far, after burn and settlers' shares
/// @param penalties collateral lost so far
/// @param contracts running contracts
/// @param misses fully missed windows in a row
/// @param provenMask draws proven in the open window, draw i as bit i
/// @param dueNow drops that the open window pays if all is proven
/// @param dueNext the same for the next window as things stand
/// @param generation how often it was ended for missing windows
/// @param unsettled closed windows that nobody has settled yet
public record ProviderStatus(
    boolean known,
    Amount funds,
    Amount locked,
    Amount escrow,
    Amount earned,
    Amount penalties,
    long contracts,
    long misses,
    int provenMask,
    Amount dueNow,
    Amount dueNext,
    long generation,
    long unsettled) {
  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "Provider",
          Fields.bool("known"),
          Fields.u256("funds"),
          Fields.u256("locked"),
          Fields.u256("escrow"),
          Fields.u256("earned"),
          Fields.u256("penalties"),
          Fields.u64("contracts"),
          Fields.u64("misses"),
          Fields.typed("provenMask", AbiType.uint32()),
          Fields.u256("dueNow"),
          Fields.u256("dueNext"),
          Fields.u64("generation"),
          Fields.u64("unsettled"));

  static final ProviderStatus UNKNOWN =
      new ProviderStatus(
          false,
          Amount.ZERO,
          Amount.ZERO,
          Amount.ZERO,
          Amount.ZERO,
          Amount.ZERO,
          0,
          0,
          0,
          Amount.ZERO,
          Amount.ZERO,
          0,
          0);

  /// How many of the open window's draws are proven.
  public int proven() {
    return Integer.bitCount(provenMask);
  }

  void write(AbiWriter writer) {
    writer.tuple(
        fields ->
            fields
                .bool(known)
                .uint(funds)
                .uint(locked)
                .uint(escrow)
                .uint(earned)
                .uint(penalties)
                .uint(contracts)
                .uint(misses)
                .uint(provenMask)
                .uint(dueNow)
                .uint(dueNext)
                .uint(generation)
                .uint(unsettled));
  }

  static ProviderStatus read(AbiReader in) throws MalformedException {
    return new ProviderStatus(
        in.bool(),
        in.uint(),
        in.uint(),
        in.uint(),
        in.uint(),
        in.uint(),
        in.uint64(),
        in.uint64(),
        (int) in.uint32(),
        in.uint(),
        in.uint(),
        in.uint64(),
        in.uint64());
  }
}
