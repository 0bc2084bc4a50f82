package org.bitcloud.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnginesTest {
  private static EngineConfig config(SortedMap<String, String> parameters) {
    return new EngineConfig(
        Hash.ZERO,
        parameters,
        ValidatorSource.fixed(Fixtures.only(Fixtures.key(1))),
        Optional.empty());
  }

  @Test
  void findsTheDevEngineByItsWord() {
    ConsensusEngineProvider provider = Engines.load("dev");
    assertEquals("dev", provider.id());
    ConsensusEngine engine =
        provider.create(
            config(new TreeMap<>(Map.of("blockMillis", "50", "windowMillis", "20000"))));
    assertEquals("dev", engine.descriptor().id());
    assertEquals(new Finality.Instant(false), engine.descriptor().finality());
  }

  @Test
  void namesWhatThereIsWhenAnEngineIsUnknown() {
    EngineConfigException unknown =
        assertThrows(EngineConfigException.class, () -> Engines.load("raft"));
    assertEquals("unknown consensus engine 'raft'; there are: dev, poa, pow", unknown.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "blockMillis, -1",
    "blockMillis, 3600001",
    "blockMillis, soon",
    "windowMillis, 79",
    "windowMillis, ''",
    "blockmillis, 5"
  })
  void refusesParametersWithTheirName(String name, String value) {
    ConsensusEngineProvider provider = Engines.load("dev");
    EngineConfigException refused =
        assertThrows(
            EngineConfigException.class,
            () -> provider.create(config(new TreeMap<>(Map.of(name, value)))));
    assertTrue(refused.getMessage().contains(name), refused.getMessage());
  }
}
