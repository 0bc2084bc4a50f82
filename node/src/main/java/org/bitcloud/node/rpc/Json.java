package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// Values in the Ethereum JSON-RPC encoding: quantities and data as `0x` hex.
final class Json {
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Json() {}

  static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }

  static JsonNode data(Bytes value) {
    return text(value.toHex());
  }

  static JsonNode data(Hash value) {
    return text(value.toHex());
  }

  /// Addresses are lower case on the wire; SDKs put the checksum on.
  static JsonNode data(Address value) {
    return text(value.bytes().toHex());
  }

  static JsonNode quantity(long value) {
    return text("0x" + Long.toHexString(value));
  }

  static JsonNode quantity(Amount value) {
    return text("0x" + value.drops().toString(16));
  }

  static Bytes bytes(JsonNode node, String name) throws RpcException {
    try {
      return Bytes.fromHex(string(node, name));
    } catch (MalformedException e) {
      throw RpcException.params(name + ": " + e.getMessage());
    }
  }

  static Hash hash(JsonNode node, String name) throws RpcException {
    try {
      return Hash.fromHex(string(node, name));
    } catch (MalformedException e) {
      throw RpcException.params(name + ": " + e.getMessage());
    }
  }

  static Address address(JsonNode node, String name) throws RpcException {
    try {
      return Address.fromHex(string(node, name));
    } catch (MalformedException e) {
      throw RpcException.params(name + ": " + e.getMessage());
    }
  }

  static long quantity(JsonNode node, String name) throws RpcException {
    BigInteger value = big(node, name);
    if (value.compareTo(LONG_MAX) > 0) {
      throw RpcException.params(name + ": larger than 2^63 - 1");
    }
    return value.longValueExact();
  }

  static Amount amount(JsonNode node, String name) throws RpcException {
    BigInteger value = big(node, name);
    if (value.bitLength() > 256) {
      throw RpcException.params(name + ": larger than 256 bits");
    }
    return Amount.of(value);
  }

  private static BigInteger big(JsonNode node, String name) throws RpcException {
    if (node.isIntegralNumber() && node.bigIntegerValue().signum() >= 0) {
      return node.bigIntegerValue();
    }
    String hex = string(node, name);
    // Leading zeros are tolerated, empty and signed forms are not.
    if (!hex.matches("0x[0-9a-fA-F]{1,64}")) {
      throw RpcException.params(name + ": not a hex quantity such as 0x1a");
    }
    return new BigInteger(hex.substring(2), 16);
  }

  private static String string(JsonNode node, String name) throws RpcException {
    if (!node.isTextual()) {
      throw RpcException.params(name + ": must be a hex string");
    }
    return node.textValue();
  }
}
