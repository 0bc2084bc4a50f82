package org.bitcloud.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.testkit.Golden;

/// Compares what a corporation publishes with the code, for tests.
public final class Published {
  private Published() {}

  /// The JSON interface and the Solidity one in `abi/`.
  public static void assertAbi(String name, AbiContract abi) {
    Path directory = Path.of("abi");
    Golden.file(directory.resolve(name + ".json")).matches(abi.json());
    Golden.file(directory.resolve("I" + name + ".sol")).matches(abi.solidity());
  }

  /// The table of rules in a document of `docs/spec/`, whose rows begin with the rules' prefix.
  public static <R extends Enum<R> & CorporationRule> void assertRules(
      String document, String prefix, R[] rules) throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "spec", document)).stream()
            .filter(line -> line.startsWith("| " + prefix))
            .toList();
    List<String> expected =
        Arrays.stream(rules)
            .map(rule -> "| %s | %s | %s |".formatted(rule.code(), rule.name(), rule.text()))
            .toList();
    assertEquals(expected, rows);
  }
}
