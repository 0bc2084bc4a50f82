package org.bitcloud.contracts.naming;

import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// Reads what the corporation's functions return; all throw [MalformedException] on anything else.
public final class NamingResults {
  static final AbiType.Tuple TARIFF_ABI =
      AbiType.tuple(
          "Tariff",
          AbiParameter.of("yearMillis", AbiType.uint64()),
          AbiParameter.of("graceMillis", AbiType.uint64()),
          AbiParameter.of("commitAgeMillis", AbiType.uint64()),
          AbiParameter.of("commitLifeMillis", AbiType.uint64()),
          AbiParameter.of("price3", AbiType.uint256()),
          AbiParameter.of("price4", AbiType.uint256()),
          AbiParameter.of("price5", AbiType.uint256()));

  private NamingResults() {}

  /// Result of [NamingCall.Resolve]; empty if the name has no such record.
  public static Bytes value(Bytes output) throws MalformedException {
    return AbiReader.decode(output, in -> in.bytes(NameRecord.VALUE_BYTES_MAX).compact());
  }

  /// Result of [NamingCall.Records].
  public static List<NameRecord> records(Bytes output) throws MalformedException {
    return AbiReader.decode(
        output,
        in ->
            in.array(
                NamingParameters.RECORDS_MAX,
                element -> element.dynamicTuple(NameRecord::readFields)));
  }

  /// Result of [NamingCall.Status].
  public static NameStatus status(Bytes output) throws MalformedException {
    return AbiReader.decode(output, in -> in.tuple(NameStatus::read));
  }

  /// Result of [NamingCall.Price], in drops.
  public static Amount price(Bytes output) throws MalformedException {
    return AbiReader.decode(output, AbiReader::uint);
  }

  /// Result of [NamingCall.HashOf].
  public static Hash hash(Bytes output) throws MalformedException {
    return AbiReader.decode(output, AbiReader::hash);
  }

  /// Result of [NamingCall.Committed]: milliseconds since 1970, 0 if it did not commit.
  public static long committedMillis(Bytes output) throws MalformedException {
    return AbiReader.decode(output, AbiReader::uint64);
  }

  /// Result of [NamingCall.Tariff].
  public static NamingParameters tariff(Bytes output) throws MalformedException {
    return AbiReader.decode(output, in -> in.tuple(NamingResults::readTariff));
  }

  private static NamingParameters readTariff(AbiReader in) throws MalformedException {
    var times = new NamingParameters.Times(in.uint64(), in.uint64(), in.uint64(), in.uint64());
    return new NamingParameters(times, in.uint(), in.uint(), in.uint());
  }

  static Bytes ofTariff(NamingParameters parameters) {
    NamingParameters.Times times = parameters.times();
    return AbiWriter.encode(
        writer ->
            writer.tuple(
                fields ->
                    fields
                        .uint(times.yearMillis())
                        .uint(times.graceMillis())
                        .uint(times.commitAgeMillis())
                        .uint(times.commitLifeMillis())
                        .uint(parameters.price3())
                        .uint(parameters.price4())
                        .uint(parameters.price5())));
  }

  static Bytes ofRecords(List<NameRecord> records) {
    return AbiWriter.encode(
        writer -> writer.array(records, (element, record) -> element.tuple(record::writeFields)));
  }
}
