package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiType;

/// Short names for the parameters that the interface is made of.
final class Fields {
  private Fields() {}

  static AbiParameter u64(String name) {
    return AbiParameter.of(name, AbiType.uint64());
  }

  static AbiParameter u128(String name) {
    return AbiParameter.of(name, AbiType.uint(128));
  }

  static AbiParameter u256(String name) {
    return AbiParameter.of(name, AbiType.uint256());
  }

  static AbiParameter bool(String name) {
    return AbiParameter.of(name, AbiType.bool());
  }

  static AbiParameter address(String name) {
    return AbiParameter.of(name, AbiType.address());
  }

  static AbiParameter hash(String name) {
    return AbiParameter.of(name, AbiType.bytes32());
  }

  static AbiParameter bytes(String name) {
    return AbiParameter.of(name, AbiType.bytes());
  }

  static AbiParameter typed(String name, AbiType type) {
    return AbiParameter.of(name, type);
  }

  static AbiParameter topic(AbiParameter parameter) {
    return AbiParameter.indexed(parameter.name(), parameter.type());
  }
}
