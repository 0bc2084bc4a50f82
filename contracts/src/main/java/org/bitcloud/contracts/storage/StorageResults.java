package org.bitcloud.contracts.storage;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// Reads what the corporation's functions return; all throw [MalformedException] on anything else.
public final class StorageResults {
  static final AbiType.Tuple TARIFF_ABI =
      AbiType.tuple(
          "Tariff",
          Fields.u64("windowMillis"),
          Fields.u64("payoutBurnBps"),
          Fields.u64("settlerBps"),
          Fields.u64("earlyEndWindows"),
          Fields.u64("idleWindows"),
          Fields.u64("endsPerWindowMax"),
          Fields.u64("drawsPerWindow"),
          Fields.u64("missesToEnd"));

  private StorageResults() {}

  /// Result of [StorageCall.Window] and [StorageCall.WindowAt].
  public static WindowStatus window(Bytes output) throws MalformedException {
    return AbiReader.decode(output, in -> in.tuple(WindowStatus::read));
  }

  /// Result of [StorageCall.Providers].
  public static Page<Address> providers(Bytes output) throws MalformedException {
    return AbiReader.decode(
        output,
        in -> new Page<>(in.uint64(), in.array(StorageParameters.PAGE_MAX, AbiReader::address)));
  }

  /// Result of [StorageCall.PriceListOf]; [PriceList#NONE] if there is none.
  public static PriceList priceList(Bytes output) throws MalformedException {
    return AbiReader.decode(output, in -> in.dynamicTuple(PriceList::readFields));
  }

  /// Result of [StorageCall.Provider].
  public static ProviderStatus provider(Bytes output) throws MalformedException {
    return AbiReader.decode(output, in -> in.tuple(ProviderStatus::read));
  }

  /// Result of [StorageCall.Contract].
  public static ContractStatus contract(Bytes output) throws MalformedException {
    return AbiReader.decode(output, in -> in.tuple(ContractStatus::read));
  }

  /// Result of [StorageCall.ContractsOf].
  public static Page<Hash> contractsOf(Bytes output) throws MalformedException {
    return AbiReader.decode(
        output,
        in -> new Page<>(in.uint64(), in.array(StorageParameters.PAGE_MAX, AbiReader::hash)));
  }

  /// Result of [StorageCall.ChallengeOf].
  public static Challenge challenge(Bytes output) throws MalformedException {
    return AbiReader.decode(output, in -> in.dynamicTuple(Challenge::read));
  }

  /// Result of [StorageCall.Tariff].
  public static StorageParameters tariff(Bytes output) throws MalformedException {
    return AbiReader.decode(
        output,
        in ->
            in.tuple(
                t -> {
                  StorageParameters parameters =
                      new StorageParameters(
                          t.uint64(), t.uint64(), t.uint64(), t.uint64(), t.uint64(), t.uint64());
                  if (t.uint64() != StorageParameters.DRAWS
                      || t.uint64() != StorageParameters.MISSES_TO_END) {
                    throw new MalformedException("tariff is of other rules");
                  }
                  return parameters;
                }));
  }

  /// Result of [StorageCall.Form], [StorageCall.GenesisHash] and both digests.
  public static Hash hash(Bytes output) throws MalformedException {
    return AbiReader.decode(output, AbiReader::hash);
  }

  static Bytes ofTariff(StorageParameters parameters) {
    return AbiWriter.encode(
        writer ->
            writer.tuple(
                fields ->
                    fields
                        .uint(parameters.windowMillis())
                        .uint(parameters.payoutBurnBps())
                        .uint(parameters.settlerBps())
                        .uint(parameters.earlyEndWindows())
                        .uint(parameters.idleWindows())
                        .uint(parameters.endsPerWindowMax())
                        .uint(StorageParameters.DRAWS)
                        .uint(StorageParameters.MISSES_TO_END)));
  }

  static Bytes ofAddresses(long count, List<Address> page) {
    return AbiWriter.encode(writer -> writer.uint(count).array(page, AbiWriter::address));
  }

  static Bytes ofHashes(long count, List<Hash> page) {
    return AbiWriter.encode(writer -> writer.uint(count).array(page, AbiWriter::hash));
  }
}
