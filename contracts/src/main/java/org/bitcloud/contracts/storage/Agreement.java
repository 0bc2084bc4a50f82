package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// What never changes about a contract; it stays on chain so that terms are used only once.
///
/// @param id digest of the terms
/// @param parties who agreed on what
/// @param place where the provider's books keep it
record Agreement(Hash id, ContractStatus.Parties parties, Place place) {
  /// Where the provider's books keep a contract.
  ///
  /// @param generation generation of the provider in which it was formed
  /// @param slot its leaf in the tree of due amounts
  /// @param startOrdinal ordinal of the window in which it was formed
  record Place(long generation, long slot, long startOrdinal) {}

  Address renter() {
    return parties.renter();
  }

  Address provider() {
    return parties.provider();
  }

  /// Drops that so many sectors pay for one window.
  Amount due(long sectors) {
    return parties.price().times(sectors);
  }

  /// What one missing leaf costs the provider.
  Amount collateralShare() {
    return parties
        .collateral()
        .times(parties.maxSectors())
        .dividedBy(StorageParameters.COLLATERAL_SHARES);
  }

  Bytes encode() {
    return new RlpWriter()
        .beginList()
        .address(parties.renter())
        .address(parties.provider())
        .number(parties.maxSectors())
        .amount(parties.price())
        .amount(parties.collateral())
        .number(parties.startWindow())
        .number(parties.endWindow())
        .number(place.generation)
        .number(place.slot)
        .number(place.startOrdinal)
        .endList()
        .toBytes();
  }

  static Agreement decode(Hash id, Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    ContractStatus.Parties parties =
        new ContractStatus.Parties(
            in.readAddress(),
            in.readAddress(),
            in.readNumber(),
            in.readAmount(),
            in.readAmount(),
            in.readNumber(),
            in.readNumber());
    Place place = new Place(in.readNumber(), in.readNumber(), in.readNumber());
    in.leaveList();
    in.end();
    return new Agreement(id, parties, place);
  }
}
