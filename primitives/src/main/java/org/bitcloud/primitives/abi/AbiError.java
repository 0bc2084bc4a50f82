package org.bitcloud.primitives.abi;

import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// A reason for which a call reverts.
///
/// @param name what it is called
/// @param inputs what it tells
/// @param selector the first four bytes of the hash of its canonical signature
public record AbiError(String name, List<AbiParameter> inputs, Bytes selector) {
  /// The error that every wallet shows: `Error(string)`.
  public static final AbiError REASON =
      new AbiError("Error", List.of(AbiParameter.of("reason", AbiType.string())));

  /// Copies the list.
  public AbiError {
    inputs = List.copyOf(inputs);
  }

  /// An error, its selector computed.
  public AbiError(String name, List<AbiParameter> inputs) {
    this(name, inputs, AbiFunction.selector(name + AbiType.canonical(inputs)));
  }

  /// The name and the types of the inputs, such as `Error(string)`.
  public String signature() {
    return name + AbiType.canonical(inputs);
  }

  /// The output of a call that reverts so, with values as [AbiCodec] has them.
  ///
  /// @throws IllegalArgumentException if a value does not fit its parameter
  public Bytes encode(Object... values) {
    return Bytes.concat(selector, AbiCodec.encode(inputs, List.of(values)));
  }

  /// What a reverted call tells, as [AbiCodec] has it.
  ///
  /// @throws MalformedException if it is another error or not canonical
  public List<Object> decode(Bytes output) throws MalformedException {
    if (!output.startsWith(selector)) {
      throw new MalformedException("output is not " + signature());
    }
    return AbiCodec.decode(inputs, output.slice(AbiFunction.SELECTOR_SIZE));
  }
}
