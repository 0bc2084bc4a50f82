package org.bitcloud.primitives.tx;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.abi.AbiCodec;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;
import org.bitcloud.primitives.crypto.Keccak;
import org.jspecify.annotations.Nullable;

/// Typed data of EIP-712: what wallets show in words before they sign it.
public final class Eip712 {
  private static final Bytes PREFIX = Bytes.of((byte) 0x19, (byte) 1);

  private Eip712() {}

  /// What a signature is bound to, so that it counts nowhere else.
  ///
  /// @param separator the hash of the domain's struct
  public record Domain(Hash separator) {}

  /// A struct that is signed, with everything its hash needs computed once.
  ///
  /// @param name the struct's name
  /// @param fields its fields in order; structs inside are tuples with names
  /// @param encodedType the text of `encodeType`
  /// @param typeHash the hash of that text
  public record StructType(
      String name, List<AbiParameter> fields, String encodedType, Hash typeHash) {
    /// Copies the fields.
    public StructType {
      fields = List.copyOf(fields);
    }

    /// A struct type.
    public StructType(String name, List<AbiParameter> fields) {
      this(name, fields, encodeType(name, fields));
    }

    private StructType(String name, List<AbiParameter> fields, String encodedType) {
      this(name, fields, encodedType, Keccak.hash(Bytes.ofUtf8(encodedType)));
    }

    /// The `hashStruct` of one value a field, as [AbiCodec] has them.
    ///
    /// @throws IllegalArgumentException if a value does not fit its field
    public Hash hash(Object... values) {
      return structHash(typeHash, fields, List.of(values));
    }
  }

  /// A domain with those fields that are not null.
  public static Domain domain(
      @Nullable String name,
      @Nullable String version,
      @Nullable Amount chainId,
      @Nullable Address verifyingContract,
      @Nullable Hash salt) {
    List<AbiParameter> fields = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    add("name", AbiType.string(), name, fields, values);
    add("version", AbiType.string(), version, fields, values);
    add("chainId", AbiType.uint256(), chainId, fields, values);
    add("verifyingContract", AbiType.address(), verifyingContract, fields, values);
    add("salt", AbiType.bytes32(), salt, fields, values);
    return new Domain(new StructType("EIP712Domain", fields).hash(values.toArray()));
  }

  /// The usual domain: name, version, chain and the contract that verifies.
  public static Domain domain(
      String name, String version, long chainId, Address verifyingContract) {
    return domain(name, version, Amount.of(chainId), verifyingContract, null);
  }

  private static void add(
      String name,
      AbiType type,
      @Nullable Object value,
      List<AbiParameter> fields,
      List<Object> values) {
    if (value != null) {
      fields.add(AbiParameter.of(name, type));
      values.add(value);
    }
  }

  /// What is signed: a struct's hash bound to a domain.
  public static Hash digest(Domain domain, Hash structHash) {
    return Keccak.hash(PREFIX, domain.separator().bytes(), structHash.bytes());
  }

  private static String encodeType(String name, List<AbiParameter> fields) {
    SortedMap<String, String> referenced = new TreeMap<>();
    fields.forEach(field -> collect(field.type(), referenced));
    referenced.remove(name);
    return describe(name, fields) + String.join("", referenced.values());
  }

  private static void collect(AbiType type, SortedMap<String, String> referenced) {
    switch (type) {
      case AbiType.Array array -> collect(array.element(), referenced);
      case AbiType.Tuple tuple -> {
        referenced.put(tuple.structName(), describe(tuple.structName(), tuple.fields()));
        tuple.fields().forEach(field -> collect(field.type(), referenced));
      }
      default -> {}
    }
  }

  private static String describe(String name, List<AbiParameter> fields) {
    return fields.stream()
        .map(field -> typeName(field.type()) + " " + field.name())
        .collect(Collectors.joining(",", name + "(", ")"));
  }

  private static String typeName(AbiType type) {
    return switch (type) {
      case AbiType.Array array -> typeName(array.element()) + "[]";
      case AbiType.Tuple tuple -> tuple.structName();
      default -> type.canonical();
    };
  }

  private static Hash structHash(Hash typeHash, List<AbiParameter> fields, List<?> values) {
    if (fields.size() != values.size()) {
      throw new IllegalArgumentException(
          values.size() + " values do not fit " + fields.size() + " fields");
    }
    AbiWriter words = new AbiWriter();
    words.hash(typeHash);
    for (int i = 0; i < fields.size(); i++) {
      word(words, fields.get(i).type(), values.get(i));
    }
    return Keccak.hash(words.toBytes());
  }

  /// Writes the one word that stands for a value: itself, or a hash of what is longer.
  private static void word(AbiWriter words, AbiType type, Object value) {
    switch (type) {
      case AbiType.Text _ when value instanceof String text ->
          words.hash(Keccak.hash(Bytes.ofUtf8(text)));
      case AbiType.DynamicBytes _ when value instanceof Bytes bytes ->
          words.hash(Keccak.hash(bytes));
      case AbiType.Array array when value instanceof List<?> items -> {
        AbiWriter elements = new AbiWriter();
        items.forEach(item -> word(elements, array.element(), item));
        words.hash(Keccak.hash(elements.toBytes()));
      }
      case AbiType.Tuple tuple when value instanceof List<?> values -> {
        Hash typeHash = Keccak.hash(Bytes.ofUtf8(encodeType(tuple.structName(), tuple.fields())));
        words.hash(structHash(typeHash, tuple.fields(), values));
      }
      // A value that fits none of the above is refused by the codec with the right message.
      default -> AbiCodec.write(words, type, value);
    }
  }
}
