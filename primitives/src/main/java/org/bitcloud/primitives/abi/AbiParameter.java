package org.bitcloud.primitives.abi;

/// A named value of a function, event, error or struct.
///
/// @param name what it is called; may be empty for results
/// @param type what it is
/// @param indexed whether an event has it as a topic; false elsewhere
public record AbiParameter(String name, AbiType type, boolean indexed) {
  /// A parameter that is no topic.
  public static AbiParameter of(String name, AbiType type) {
    return new AbiParameter(name, type, false);
  }

  /// A parameter that an event has as a topic.
  public static AbiParameter indexed(String name, AbiType type) {
    return new AbiParameter(name, type, true);
  }
}
