package org.bitcloud.contracts.storage;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;
import org.bitcloud.primitives.tx.Eip712;

/// What renter and provider agree on and both sign; its digest is the contract's id.
///
/// @param renter who pays; sends `form`
/// @param provider who stores
/// @param maxSectors sectors that the contract may hold, each of 4 MiB
/// @param price drops for one sector and window, a positive multiple of 20
/// @param collateral drops that the provider stakes for each sector, a multiple of 60
/// @param startWindow window in which `form` runs, or the one after it
/// @param endWindow the term is so many valid windows after the start
/// @param nonce makes otherwise equal terms different
/// @param expiryHeight last block that `form` may be in
public record StorageTerms(
    Address renter,
    Address provider,
    long maxSectors,
    Amount price,
    Amount collateral,
    long startWindow,
    long endWindow,
    long nonce,
    long expiryHeight) {
  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "Terms",
          AbiParameter.of("renter", AbiType.address()),
          AbiParameter.of("provider", AbiType.address()),
          AbiParameter.of("maxSectors", AbiType.uint64()),
          AbiParameter.of("price", AbiType.uint(128)),
          AbiParameter.of("collateral", AbiType.uint(128)),
          AbiParameter.of("startWindow", AbiType.uint64()),
          AbiParameter.of("endWindow", AbiType.uint64()),
          AbiParameter.of("nonce", AbiType.uint64()),
          AbiParameter.of("expiryHeight", AbiType.uint64()));
  private static final Eip712.StructType TYPE =
      new Eip712.StructType("Terms", List.copyOf(ABI.fields()));

  /// Windows of the term.
  public long windows() {
    return endWindow - startWindow;
  }

  /// Drops that the renter locks: max sectors times price times windows.
  public Amount escrow() {
    return price.times(maxSectors).times(windows());
  }

  /// Drops that the provider locks: max sectors times collateral.
  public Amount totalCollateral() {
    return collateral.times(maxSectors);
  }

  /// What both parties sign, and the contract's id: the EIP-712 digest.
  ///
  /// @param domain from [StorageAbi#domain]
  public Hash digest(Eip712.Domain domain) {
    return Eip712.digest(
        domain,
        TYPE.hash(
            renter,
            provider,
            maxSectors,
            price,
            collateral,
            startWindow,
            endWindow,
            nonce,
            expiryHeight));
  }

  void write(AbiWriter writer) {
    writer.tuple(
        fields ->
            fields
                .address(renter)
                .address(provider)
                .uint(maxSectors)
                .uint(price)
                .uint(collateral)
                .uint(startWindow)
                .uint(endWindow)
                .uint(nonce)
                .uint(expiryHeight));
  }

  static StorageTerms read(AbiReader reader) throws MalformedException {
    return reader.tuple(
        fields ->
            new StorageTerms(
                fields.address(),
                fields.address(),
                fields.uint64(),
                fields.uintBits(128),
                fields.uintBits(128),
                fields.uint64(),
                fields.uint64(),
                fields.uint64(),
                fields.uint64()));
  }
}
