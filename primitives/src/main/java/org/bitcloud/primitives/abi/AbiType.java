package org.bitcloud.primitives.abi;

import java.util.List;
import java.util.stream.Collectors;

/// A type of the contract ABI, of those that corporations use.
public sealed interface AbiType {
  /// An unsigned number.
  ///
  /// @param bits 8 to 256, a multiple of 8
  record Uint(int bits) implements AbiType {
    /// Checks the number of bits.
    ///
    /// @throws IllegalArgumentException if the ABI has no such type
    public Uint {
      if (bits < 8 || bits > 256 || bits % 8 != 0) {
        throw new IllegalArgumentException("no type uint" + bits);
      }
    }
  }

  /// An account's address.
  record AddressType() implements AbiType {}

  /// True or false.
  record Bool() implements AbiType {}

  /// A fixed number of bytes.
  ///
  /// @param size 1 to 32
  record FixedBytes(int size) implements AbiType {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if the ABI has no such type
    public FixedBytes {
      if (size < 1 || size > 32) {
        throw new IllegalArgumentException("no type bytes" + size);
      }
    }
  }

  /// Any number of bytes.
  record DynamicBytes() implements AbiType {}

  /// Text in UTF-8.
  record Text() implements AbiType {}

  /// Any number of values of one type.
  ///
  /// @param element the type of each
  record Array(AbiType element) implements AbiType {}

  /// Several values with names: a Solidity struct.
  ///
  /// @param structName the name of the struct where a language or EIP-712 needs one
  /// @param fields at least one
  record Tuple(String structName, List<AbiParameter> fields) implements AbiType {
    /// Copies the fields.
    ///
    /// @throws IllegalArgumentException if there are none
    public Tuple {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("a tuple has fields");
      }
    }

    /// The types of the fields.
    public List<AbiType> types() {
      return fields.stream().map(AbiParameter::type).toList();
    }
  }

  /// The type `uint256`.
  static AbiType uint256() {
    return new Uint(256);
  }

  /// The type `uint64`.
  static AbiType uint64() {
    return new Uint(64);
  }

  /// The type `uint32`.
  static AbiType uint32() {
    return new Uint(32);
  }

  /// The type `uint16`.
  static AbiType uint16() {
    return new Uint(16);
  }

  /// The type `uint8`.
  static AbiType uint8() {
    return new Uint(8);
  }

  /// The type `address`.
  static AbiType address() {
    return new AddressType();
  }

  /// The type `bool`.
  static AbiType bool() {
    return new Bool();
  }

  /// The type `bytes32`.
  static AbiType bytes32() {
    return new FixedBytes(32);
  }

  /// The type `bytes`.
  static AbiType bytes() {
    return new DynamicBytes();
  }

  /// The type `string`.
  static AbiType string() {
    return new Text();
  }

  /// The type `uintN`.
  ///
  /// @throws IllegalArgumentException if the ABI has no such type
  static AbiType uint(int bits) {
    return new Uint(bits);
  }

  /// The type `bytesN`.
  ///
  /// @throws IllegalArgumentException if the ABI has no such type
  static AbiType bytesN(int size) {
    return new FixedBytes(size);
  }

  /// The type `T[]`.
  static AbiType array(AbiType element) {
    return new Array(element);
  }

  /// A struct.
  ///
  /// @throws IllegalArgumentException if there are no fields
  static Tuple tuple(String structName, AbiParameter... fields) {
    return new Tuple(structName, List.of(fields));
  }

  /// The name in canonical signatures, such as `(uint256,address)[]`.
  default String canonical() {
    return switch (this) {
      case Uint uint -> "uint" + uint.bits();
      case AddressType _ -> "address";
      case Bool _ -> "bool";
      case FixedBytes bytes -> "bytes" + bytes.size();
      case DynamicBytes _ -> "bytes";
      case Text _ -> "string";
      case Array array -> array.element().canonical() + "[]";
      case Tuple tuple -> canonical(tuple.fields());
    };
  }

  /// The canonical names of a list of parameters in parentheses.
  static String canonical(List<AbiParameter> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.type().canonical())
        .collect(Collectors.joining(",", "(", ")"));
  }

  /// Whether its encoding has no fixed size and therefore stands behind an offset.
  default boolean isDynamic() {
    return switch (this) {
      case DynamicBytes _, Text _, Array _ -> true;
      case Tuple tuple -> tuple.types().stream().anyMatch(AbiType::isDynamic);
      case Uint _, AddressType _, Bool _, FixedBytes _ -> false;
    };
  }
}
