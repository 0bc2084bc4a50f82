package org.bitcloud.primitives.abi;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.testkit.Choices;

/// Types and values of any shape for tests.
final class AbiTypes {
  private static final List<AbiType> LEAVES =
      List.of(
          AbiType.uint256(),
          AbiType.uint64(),
          AbiType.uint8(),
          AbiType.address(),
          AbiType.bool(),
          AbiType.bytes32(),
          AbiType.bytesN(4),
          AbiType.bytes(),
          AbiType.string());

  private AbiTypes() {}

  /// The type that a canonical name means.
  static AbiType parse(String name) {
    if (name.endsWith("[]")) {
      return AbiType.array(parse(name.substring(0, name.length() - 2)));
    }
    if (name.startsWith("(")) {
      return new AbiType.Tuple("S", parameters(name));
    }
    if (name.startsWith("uint")) {
      return AbiType.uint(Integer.parseInt(name.substring(4)));
    }
    if (name.startsWith("bytes") && name.length() > 5) {
      return AbiType.bytesN(Integer.parseInt(name.substring(5)));
    }
    return LEAVES.stream().filter(t -> t.canonical().equals(name)).findFirst().orElseThrow();
  }

  /// The parameters that a canonical list of types in parentheses means.
  static List<AbiParameter> parameters(String list) {
    List<AbiParameter> parameters = new ArrayList<>();
    String inner = list.substring(1, list.length() - 1);
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= inner.length(); i++) {
      if (i == inner.length() || (inner.charAt(i) == ',' && depth == 0)) {
        parameters.add(AbiParameter.of("p" + i, parse(inner.substring(start, i))));
        start = i + 1;
      } else if (inner.charAt(i) == '(') {
        depth++;
      } else if (inner.charAt(i) == ')') {
        depth--;
      }
    }
    return parameters;
  }

  /// The value that JSON as ethers takes it means.
  static Object value(AbiType type, JsonNode json) throws MalformedException {
    return switch (type) {
      case AbiType.Uint _ -> Amount.of(new BigInteger(json.textValue()));
      case AbiType.AddressType _ -> Address.fromHex(json.textValue());
      case AbiType.Bool _ -> json.booleanValue();
      case AbiType.FixedBytes _, AbiType.DynamicBytes _ -> Bytes.fromHex(json.textValue());
      case AbiType.Text _ -> json.textValue();
      case AbiType.Array array -> {
        List<Object> items = new ArrayList<>();
        for (JsonNode item : json) {
          items.add(value(array.element(), item));
        }
        yield items;
      }
      case AbiType.Tuple tuple -> values(tuple.fields(), json);
    };
  }

  /// The values that a JSON array means.
  static List<Object> values(List<AbiParameter> parameters, JsonNode json)
      throws MalformedException {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      values.add(value(parameters.get(i).type(), json.get(i)));
    }
    return values;
  }

  static AbiType chooseType(Choices choices, int depth) {
    int kind = choices.below(depth > 0 ? 4 : 2);
    return switch (kind) {
      case 2 -> AbiType.array(chooseType(choices, depth - 1));
      case 3 -> new AbiType.Tuple("S", chooseParameters(choices, depth - 1));
      default -> choices.pick(LEAVES);
    };
  }

  static List<AbiParameter> chooseParameters(Choices choices, int depth) {
    List<AbiParameter> parameters = new ArrayList<>();
    int count = choices.between(1, 4);
    for (int i = 0; i < count; i++) {
      parameters.add(AbiParameter.of("p" + i, chooseType(choices, depth)));
    }
    return parameters;
  }

  static Object chooseValue(Choices choices, AbiType type) {
    return switch (type) {
      case AbiType.Uint uint -> Amount.ofBytes(Bytes.wrap(choices.bytesUpTo(uint.bits() / 8)));
      case AbiType.AddressType _ -> Address.of(choices.bytes(20));
      case AbiType.Bool _ -> choices.flip();
      case AbiType.FixedBytes fixed -> Bytes.wrap(choices.bytes(fixed.size()));
      case AbiType.DynamicBytes _ -> Bytes.wrap(choices.bytesUpTo(70));
      case AbiType.Text _ ->
          choices.pick(List.of("", "cloud", "Wolke über Zürich", "x".repeat(40)));
      case AbiType.Array array -> choices.listUpTo(3, c -> chooseValue(c, array.element()));
      case AbiType.Tuple tuple -> chooseValues(choices, tuple.fields());
    };
  }

  static List<Object> chooseValues(Choices choices, List<AbiParameter> parameters) {
    List<Object> values = new ArrayList<>();
    parameters.forEach(parameter -> values.add(chooseValue(choices, parameter.type())));
    return values;
  }
}
