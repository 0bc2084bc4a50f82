package org.bitcloud.primitives.abi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The interface of a corporation as text: JSON ABI for tools, Solidity for people and compilers.
public final class AbiJson {
  private AbiJson() {}

  /// The JSON ABI, one line an entry: functions, events, errors, each in the given order.
  public static String json(
      List<AbiFunction> functions, List<AbiEvent> events, List<AbiError> errors) {
    List<String> entries = new ArrayList<>();
    for (AbiFunction function : functions) {
      entries.add(
          "{\"type\":\"function\",\"name\":\"%s\",\"inputs\":%s,\"outputs\":%s,\"stateMutability\":\"%s\"}"
              .formatted(
                  function.name(),
                  parameters(function.inputs(), false),
                  parameters(function.outputs(), false),
                  function.mutability().word()));
    }
    for (AbiEvent event : events) {
      entries.add(
          "{\"type\":\"event\",\"name\":\"%s\",\"inputs\":%s,\"anonymous\":false}"
              .formatted(event.name(), parameters(event.inputs(), true)));
    }
    for (AbiError error : errors) {
      entries.add(
          "{\"type\":\"error\",\"name\":\"%s\",\"inputs\":%s}"
              .formatted(error.name(), parameters(error.inputs(), false)));
    }
    return entries.stream().collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
  }

  private static String parameters(List<AbiParameter> parameters, boolean event) {
    return parameters.stream()
        .map(parameter -> parameter(parameter, event))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String parameter(AbiParameter parameter, boolean event) {
    StringBuilder json = new StringBuilder();
    json.append("{\"name\":\"").append(parameter.name());
    json.append("\",\"type\":\"").append(jsonType(parameter.type())).append('"');
    json.append(",\"internalType\":\"").append(internalType(parameter.type())).append('"');
    AbiType innermost = innermost(parameter.type());
    if (innermost instanceof AbiType.Tuple tuple) {
      json.append(",\"components\":").append(parameters(tuple.fields(), false));
    }
    if (event) {
      json.append(",\"indexed\":").append(parameter.indexed());
    }
    return json.append('}').toString();
  }

  private static String jsonType(AbiType type) {
    return switch (type) {
      case AbiType.Array array -> jsonType(array.element()) + "[]";
      case AbiType.Tuple _ -> "tuple";
      default -> type.canonical();
    };
  }

  private static String internalType(AbiType type) {
    return switch (type) {
      case AbiType.Array array -> internalType(array.element()) + "[]";
      case AbiType.Tuple tuple -> "struct " + tuple.structName();
      default -> type.canonical();
    };
  }

  private static AbiType innermost(AbiType type) {
    return type instanceof AbiType.Array array ? innermost(array.element()) : type;
  }

  /// A Solidity interface with the structs it needs.
  public static String solidity(
      String name, List<AbiFunction> functions, List<AbiEvent> events, List<AbiError> errors) {
    List<String> lines = new ArrayList<>();
    structs(functions, events, errors).values().forEach(struct -> lines.add(solidity(struct)));
    for (AbiEvent event : events) {
      lines.add("event " + event.name() + list(event.inputs(), "") + ";");
    }
    for (AbiError error : errors) {
      // Solidity knows Error(string) by itself and forbids declaring it.
      if (!error.signature().equals(AbiError.REASON.signature())) {
        lines.add("error " + error.name() + list(error.inputs(), "") + ";");
      }
    }
    functions.forEach(function -> lines.add(solidity(function)));
    return lines.stream()
        .collect(
            Collectors.joining(
                "\n  ",
                "// SPDX-License-Identifier: CC0-1.0\npragma solidity ^0.8.4;\n\ninterface "
                    + name
                    + " {\n  ",
                "\n}\n"));
  }

  private static String solidity(AbiFunction function) {
    String mutability =
        function.mutability() == AbiFunction.Mutability.NONPAYABLE
            ? ""
            : " " + function.mutability().word();
    String returns =
        function.outputs().isEmpty() ? "" : " returns " + list(function.outputs(), " memory");
    return "function "
        + function.name()
        + list(function.inputs(), " calldata")
        + " external"
        + mutability
        + returns
        + ";";
  }

  private static String solidity(AbiType.Tuple struct) {
    return struct.fields().stream()
        .map(field -> solidityType(field.type()) + " " + field.name() + ";")
        .collect(Collectors.joining(" ", "struct " + struct.structName() + " { ", " }"));
  }

  private static String list(List<AbiParameter> parameters, String location) {
    return parameters.stream()
        .map(parameter -> solidity(parameter, location))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String solidity(AbiParameter parameter, String location) {
    AbiType type = parameter.type();
    boolean inMemory = type.isDynamic() || type instanceof AbiType.Tuple;
    return solidityType(type)
        + (inMemory ? location : "")
        + (parameter.indexed() ? " indexed" : "")
        + (parameter.name().isEmpty() ? "" : " " + parameter.name());
  }

  private static String solidityType(AbiType type) {
    return switch (type) {
      case AbiType.Array array -> solidityType(array.element()) + "[]";
      case AbiType.Tuple tuple -> tuple.structName();
      default -> type.canonical();
    };
  }

  private static Map<String, AbiType.Tuple> structs(
      List<AbiFunction> functions, List<AbiEvent> events, List<AbiError> errors) {
    Map<String, AbiType.Tuple> structs = new LinkedHashMap<>();
    for (AbiFunction function : functions) {
      function.inputs().forEach(input -> collect(input.type(), structs));
      function.outputs().forEach(output -> collect(output.type(), structs));
    }
    events.forEach(event -> event.inputs().forEach(input -> collect(input.type(), structs)));
    errors.forEach(error -> error.inputs().forEach(input -> collect(input.type(), structs)));
    return structs;
  }

  private static void collect(AbiType type, Map<String, AbiType.Tuple> structs) {
    switch (type) {
      case AbiType.Array array -> collect(array.element(), structs);
      case AbiType.Tuple tuple -> {
        tuple.fields().forEach(field -> collect(field.type(), structs));
        AbiType.Tuple other = structs.putIfAbsent(tuple.structName(), tuple);
        if (other != null && !other.equals(tuple)) {
          throw new IllegalArgumentException("two structs are called " + tuple.structName());
        }
      }
      default -> {}
    }
  }
}
