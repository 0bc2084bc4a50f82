package org.bitcloud.contracts.storage;

import java.util.List;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;
import org.bitcloud.primitives.tx.Eip712;

/// What a contract holds from the next window on; both parties sign it, the higher number wins.
///
/// @param contractId the contract
/// @param revision rises with every revision; the first is at least 1
/// @param root Merkle root over the contract's sectors, zero if there are none
/// @param sectors how many sectors there are
public record StorageRevision(Hash contractId, long revision, Hash root, long sectors) {
  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "Revision",
          AbiParameter.of("contractId", AbiType.bytes32()),
          AbiParameter.of("revision", AbiType.uint64()),
          AbiParameter.of("root", AbiType.bytes32()),
          AbiParameter.of("sectors", AbiType.uint64()));
  private static final Eip712.StructType TYPE =
      new Eip712.StructType("Revision", List.copyOf(ABI.fields()));

  /// What both parties sign: the EIP-712 digest.
  ///
  /// @param domain from [StorageAbi#domain]
  public Hash digest(Eip712.Domain domain) {
    return Eip712.digest(domain, TYPE.hash(contractId, revision, root, sectors));
  }

  void write(AbiWriter writer) {
    writer.tuple(fields -> fields.hash(contractId).uint(revision).hash(root).uint(sectors));
  }

  static StorageRevision read(AbiReader reader) throws MalformedException {
    return reader.tuple(
        fields ->
            new StorageRevision(fields.hash(), fields.uint64(), fields.hash(), fields.uint64()));
  }
}
