package org.bitcloud.primitives.abi;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// Writes and reads values whose types are known only when the program runs.
///
/// Values are [Amount] for `uintN`, [Address], [Boolean], [Bytes] for `bytesN` and `bytes`,
/// [String], and [List] for arrays and structs. Writing also takes [Long], [Integer] and
/// [BigInteger] for numbers and [Hash] for `bytes32`.
public final class AbiCodec {
  private AbiCodec() {}

  /// The encoding of one value for each parameter.
  ///
  /// @throws IllegalArgumentException if a value does not fit its parameter
  public static Bytes encode(List<AbiParameter> parameters, List<?> values) {
    return AbiWriter.encode(writer -> writeAll(writer, parameters, values));
  }

  /// The values of all parameters, of which the bytes must hold nothing else.
  ///
  /// @throws MalformedException if they are not the canonical encoding of such values
  public static List<Object> decode(List<AbiParameter> parameters, Bytes encoded)
      throws MalformedException {
    return AbiReader.decode(encoded, reader -> readAll(reader, parameters));
  }

  /// Writes one value.
  ///
  /// @throws IllegalArgumentException if it does not fit the type
  public static void write(AbiWriter writer, AbiType type, Object value) {
    switch (type) {
      case AbiType.Uint uint -> writer.uint(number(uint, value));
      case AbiType.AddressType _ -> writer.address(as(Address.class, type, value));
      case AbiType.Bool _ -> writer.bool(as(Boolean.class, type, value));
      case AbiType.FixedBytes fixed -> writer.bytesN(fixedBytes(fixed, value));
      case AbiType.DynamicBytes _ -> writer.bytes(as(Bytes.class, type, value));
      case AbiType.Text _ -> writer.text(as(String.class, type, value));
      case AbiType.Array array ->
          writer.array(list(type, value), (w, item) -> write(w, array.element(), item));
      case AbiType.Tuple tuple -> writer.tuple(w -> writeAll(w, tuple.fields(), list(type, value)));
    }
  }

  /// Reads one value.
  ///
  /// @throws MalformedException if it is not what it should be
  public static Object read(AbiReader reader, AbiType type) throws MalformedException {
    return switch (type) {
      case AbiType.Uint uint -> reader.uintBits(uint.bits());
      case AbiType.AddressType _ -> reader.address();
      case AbiType.Bool _ -> reader.bool();
      case AbiType.FixedBytes fixed -> reader.bytesN(fixed.size());
      case AbiType.DynamicBytes _ -> reader.bytes(Integer.MAX_VALUE);
      case AbiType.Text _ -> reader.text(Integer.MAX_VALUE);
      case AbiType.Array array ->
          reader.array(Integer.MAX_VALUE, element -> read(element, array.element()));
      case AbiType.Tuple tuple when tuple.isDynamic() ->
          reader.dynamicTuple(fields -> readAll(fields, tuple.fields()));
      case AbiType.Tuple tuple -> readAll(reader, tuple.fields());
    };
  }

  static Amount number(AbiType.Uint type, Object value) {
    Amount number =
        switch (value) {
          case Amount amount -> amount;
          case Long number64 -> Amount.of(number64);
          case Integer number32 -> Amount.of(number32);
          case BigInteger big -> Amount.of(big);
          default -> throw mismatch(type, value);
        };
    if (number.drops().bitLength() > type.bits()) {
      throw new IllegalArgumentException(number + " does not fit " + type.canonical());
    }
    return number;
  }

  static Bytes fixedBytes(AbiType.FixedBytes type, Object value) {
    Bytes bytes = value instanceof Hash hash ? hash.bytes() : as(Bytes.class, type, value);
    if (bytes.size() != type.size()) {
      throw new IllegalArgumentException(bytes.size() + " bytes do not fit " + type.canonical());
    }
    return bytes;
  }

  static <T> T as(Class<T> wanted, AbiType type, Object value) {
    if (!wanted.isInstance(value)) {
      throw mismatch(type, value);
    }
    return wanted.cast(value);
  }

  private static List<?> list(AbiType type, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw mismatch(type, value);
  }

  private static IllegalArgumentException mismatch(AbiType type, Object value) {
    return new IllegalArgumentException(
        value.getClass().getSimpleName() + " does not fit " + type.canonical());
  }

  private static void writeAll(AbiWriter writer, List<AbiParameter> parameters, List<?> values) {
    if (parameters.size() != values.size()) {
      throw new IllegalArgumentException(
          values.size() + " values do not fit " + parameters.size() + " parameters");
    }
    for (int i = 0; i < values.size(); i++) {
      write(writer, parameters.get(i).type(), values.get(i));
    }
  }

  private static List<Object> readAll(AbiReader reader, List<AbiParameter> parameters)
      throws MalformedException {
    List<Object> values = new ArrayList<>(parameters.size());
    for (AbiParameter parameter : parameters) {
      values.add(read(reader, parameter.type()));
    }
    return List.copyOf(values);
  }
}
