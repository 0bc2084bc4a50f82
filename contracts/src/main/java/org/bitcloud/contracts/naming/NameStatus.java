package org.bitcloud.contracts.naming;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// What the chain says of a name at a block. Times are milliseconds since 1970.
///
/// @param phase where it is in its life
/// @param owner who holds it; zero when it is free
/// @param registeredMillis when its owner, or an earlier one, registered it; 0 when it is free
/// @param expiresMillis from when on it does not resolve; 0 when it is free
/// @param freeMillis from when on anyone may register it; 0 when it is free
/// @param records how many records it holds
public record NameStatus(
    NamePhase phase,
    Address owner,
    long registeredMillis,
    long expiresMillis,
    long freeMillis,
    int records) {
  /// A name that nobody holds.
  public static final NameStatus FREE = new NameStatus(NamePhase.FREE, Address.ZERO, 0, 0, 0, 0);

  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "NameStatus",
          AbiParameter.of("phase", AbiType.uint8()),
          AbiParameter.of("owner", AbiType.address()),
          AbiParameter.of("registeredMillis", AbiType.uint64()),
          AbiParameter.of("expiresMillis", AbiType.uint64()),
          AbiParameter.of("freeMillis", AbiType.uint64()),
          AbiParameter.of("records", AbiType.uint32()));

  void write(AbiWriter writer) {
    writer.tuple(
        fields ->
            fields
                .uint(phase.code())
                .address(owner)
                .uint(registeredMillis)
                .uint(expiresMillis)
                .uint(freeMillis)
                .uint(records));
  }

  static NameStatus read(AbiReader in) throws MalformedException {
    return new NameStatus(
        NamePhase.of(in.uint8()),
        in.address(),
        in.uint64(),
        in.uint64(),
        in.uint64(),
        (int) in.uintUpTo(NamingParameters.RECORDS_MAX));
  }
}
