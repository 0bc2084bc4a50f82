package org.bitcloud.node.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.bitcloud.chain.ChainOptions;
import org.bitcloud.node.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much of the past the settings of a node keep.
final class HistorySettingTest {
  @TempDir Path directory;

  private History history(Map<Setting, String> flags) throws ConfigException {
    return NodeConfig.load(directory, Map.of(), flags).history();
  }

  @Test
  void settingsSayHowMuchIsKept() throws Exception {
    assertEquals(new History.Usual(), history(Map.of()));
    assertEquals(new History.Pruned(2_000), history(Map.of(Setting.PRUNE, "2000")));
    assertEquals(new History.Archive(), history(Map.of(Setting.ARCHIVE, "on")));
    assertEquals(ChainOptions.DEFAULT, new History.Usual().applied(ChainOptions.DEFAULT));
    assertEquals(2_000, new History.Pruned(2_000).applied(ChainOptions.DEFAULT).blocksKept());
    assertEquals(Long.MAX_VALUE, new History.Archive().applied(ChainOptions.DEFAULT).undoDepth());
  }

  @Test
  void refusesTooFewBlocksAndContradictions() {
    ConfigException few =
        assertThrows(ConfigException.class, () -> history(Map.of(Setting.PRUNE, "10")));
    assertTrue(String.valueOf(few.getMessage()).contains("from 1024"), few.getMessage());
    ConfigException both =
        assertThrows(
            ConfigException.class,
            () -> history(Map.of(Setting.PRUNE, "2000", Setting.ARCHIVE, "on")));
    assertTrue(String.valueOf(both.getMessage()).contains("excludes"), both.getMessage());
  }
}
