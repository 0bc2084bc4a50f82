package org.bitcloud.node.rpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.TypeDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.core.methods.response.AbiDefinition;

/// The generated ABI of a corporation, as web3j reads it: calls and events have the types that the
/// file names.
final class PublishedAbi {
  private static final Path FOLDER = Path.of("..", "contracts", "abi");

  private final List<AbiDefinition> definitions;

  private PublishedAbi(List<AbiDefinition> definitions) {
    this.definitions = definitions;
  }

  static PublishedAbi of(String corporation) throws IOException {
    byte[] file = Files.readAllBytes(FOLDER.resolve(corporation + ".json"));
    return new PublishedAbi(
        Arrays.asList(
            ObjectMapperFactory.getObjectMapper().readValue(file, AbiDefinition[].class)));
  }

  private AbiDefinition find(String type, String name) {
    return definitions.stream()
        .filter(each -> type.equals(each.getType()) && name.equals(each.getName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the ABI has no " + type + " " + name));
  }

  /// A call; each argument is what web3j takes for the type that the file gives it.
  Function call(String name, Object... arguments) throws ReflectiveOperationException {
    AbiDefinition definition = find("function", name);
    List<AbiDefinition.NamedType> inputs = definition.getInputs();
    if (inputs.size() != arguments.length) {
      throw new AssertionError(name + " takes " + inputs.size() + " arguments");
    }
    Type<?>[] values = new Type<?>[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      values[i] = TypeDecoder.instantiateType(inputs.get(i).getType(), arguments[i]);
    }
    return new Function(name, Arrays.asList(values), types(definition.getOutputs()));
  }

  Event event(String name) throws ReflectiveOperationException {
    return new Event(name, types(find("event", name).getInputs()));
  }

  private static List<TypeReference<?>> types(List<AbiDefinition.NamedType> named)
      throws ReflectiveOperationException {
    List<TypeReference<?>> types = new ArrayList<>();
    for (AbiDefinition.NamedType each : named) {
      types.add(TypeReference.makeTypeReference(each.getType(), each.isIndexed(), false));
    }
    return types;
  }
}
