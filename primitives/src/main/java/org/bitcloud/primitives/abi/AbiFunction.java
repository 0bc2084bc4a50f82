package org.bitcloud.primitives.abi;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;

/// A function that a corporation offers.
///
/// @param name what it is called
/// @param inputs its parameters
/// @param outputs what it returns
/// @param mutability what it may do to the state
/// @param selector the first four bytes of the hash of its canonical signature
public record AbiFunction(
    String name,
    List<AbiParameter> inputs,
    List<AbiParameter> outputs,
    Mutability mutability,
    Bytes selector) {
  /// The number of bytes of a selector.
  public static final int SELECTOR_SIZE = 4;

  /// What a function may do to the state.
  public enum Mutability {
    /// Reads and writes nothing.
    PURE,
    /// Reads only.
    VIEW,
    /// Reads and writes, takes no value.
    NONPAYABLE,
    /// Reads and writes, takes value.
    PAYABLE;

    /// The word in JSON ABI and Solidity.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Copies the lists.
  public AbiFunction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// A function, its selector computed.
  public AbiFunction(
      String name, List<AbiParameter> inputs, List<AbiParameter> outputs, Mutability mutability) {
    this(name, inputs, outputs, mutability, selector(name + AbiType.canonical(inputs)));
  }

  static Bytes selector(String signature) {
    return Keccak.hash(Bytes.ofUtf8(signature)).bytes().slice(0, SELECTOR_SIZE).compact();
  }

  /// The name and the types of the inputs, such as `transfer(address,uint256)`.
  public String signature() {
    return name + AbiType.canonical(inputs);
  }

  /// The input of a transaction that calls it: selector, then what `arguments` writes.
  public Bytes call(Consumer<AbiWriter> arguments) {
    return Bytes.concat(selector, AbiWriter.encode(arguments));
  }

  /// The input of a transaction that calls it with values as [AbiCodec] has them.
  ///
  /// @throws IllegalArgumentException if a value does not fit its parameter
  public Bytes callWith(Object... values) {
    return Bytes.concat(selector, AbiCodec.encode(inputs, List.of(values)));
  }

  /// The values that an input passes, as [AbiCodec] has them.
  ///
  /// @throws MalformedException if it is for another function or not canonical
  public List<Object> decodeInput(Bytes input) throws MalformedException {
    if (!input.startsWith(selector)) {
      throw new MalformedException("input is not for " + signature());
    }
    return AbiCodec.decode(inputs, input.slice(SELECTOR_SIZE));
  }

  /// The values that a call returned, as [AbiCodec] has them.
  ///
  /// @throws MalformedException if they are not canonical
  public List<Object> decodeOutput(Bytes output) throws MalformedException {
    return AbiCodec.decode(outputs, output);
  }

  /// The encoding of values to return, as [AbiCodec] has them.
  ///
  /// @throws IllegalArgumentException if a value does not fit its result
  public Bytes encodeOutput(Object... values) {
    return AbiCodec.encode(outputs, List.of(values));
  }
}
