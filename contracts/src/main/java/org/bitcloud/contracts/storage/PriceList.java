package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// What a provider offers: advice for renters, since only signed terms bind.
///
/// @param storage drops for one sector and window
/// @param ingress drops for receiving one sector
/// @param egress drops for sending one sector
/// @param collateral drops staked for one sector
/// @param shortestWindows shortest term it signs
/// @param longestWindows longest term it signs
/// @param capacitySectors sectors it can hold
/// @param freeSectors sectors it has room for
/// @param endpoint where it listens, a binary multiaddr of 1 to 128 bytes
/// @param peerId its name in the network, at most 64 bytes
/// @param expiryHeight last block in which the offer holds; 0 means that there is none
public record PriceList(
    Amount storage,
    Amount ingress,
    Amount egress,
    Amount collateral,
    long shortestWindows,
    long longestWindows,
    long capacitySectors,
    long freeSectors,
    Bytes endpoint,
    Bytes peerId,
    long expiryHeight) {
  /// What a provider without an offer has.
  public static final PriceList NONE =
      new PriceList(
          Amount.ZERO,
          Amount.ZERO,
          Amount.ZERO,
          Amount.ZERO,
          0,
          0,
          0,
          0,
          Bytes.EMPTY,
          Bytes.EMPTY,
          0);

  // Longer bytes are taken here so that the rule about their size can name itself.
  private static final int BYTES_READ_MAX = 4_096;

  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "PriceList",
          Fields.u128("storagePrice"),
          Fields.u128("ingress"),
          Fields.u128("egress"),
          Fields.u128("collateral"),
          Fields.u64("shortestWindows"),
          Fields.u64("longestWindows"),
          Fields.u64("capacitySectors"),
          Fields.u64("freeSectors"),
          Fields.bytes("endpoint"),
          Fields.bytes("peerId"),
          Fields.u64("expiryHeight"));

  /// Whether the provider has an offer that holds at a height.
  public boolean holdsAt(long height) {
    return expiryHeight >= height && expiryHeight > 0;
  }

  AbiWriter writeFields(AbiWriter writer) {
    return writer
        .uint(storage)
        .uint(ingress)
        .uint(egress)
        .uint(collateral)
        .uint(shortestWindows)
        .uint(longestWindows)
        .uint(capacitySectors)
        .uint(freeSectors)
        .bytes(endpoint)
        .bytes(peerId)
        .uint(expiryHeight);
  }

  static PriceList readFields(AbiReader reader) throws MalformedException {
    return new PriceList(
        reader.uintBits(128),
        reader.uintBits(128),
        reader.uintBits(128),
        reader.uintBits(128),
        reader.uint64(),
        reader.uint64(),
        reader.uint64(),
        reader.uint64(),
        reader.bytes(BYTES_READ_MAX).compact(),
        reader.bytes(BYTES_READ_MAX).compact(),
        reader.uint64());
  }
}
