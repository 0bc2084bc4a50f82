package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tables of a node's database in which a bit of the first block of entries has turned.
@Timeout(120)
class DamagedTableTest {
  @TempDir private Path home;

  private Ran node() {
    return Ran.command(home, "node", "--account", "node:0", "--rpc-port", "0", "--end-with-stdin");
  }

  private Ran verify() {
    return Ran.command(home, "chain", "verify", "--dir", home.resolve("node").toString());
  }

  @Test
  void areNamedByChainVerifyAndHarmNothingOnceRestored() throws Exception {
    node().succeeded();
    node().succeeded(); // what the log held is in tables now
    List<Path> tables = tables();
    assertTrue(tables.size() >= 8, "a table for each column that holds something: " + tables);
    for (Path table : tables) {
      byte[] whole = Files.readAllBytes(table);
      byte[] damaged = whole.clone();
      damaged[8] ^= 1;
      Files.write(table, damaged);
      assertTold(verify(), table);
      Files.write(table, whole);
    }
    verify().succeeded();
    node().succeeded();
  }

  private static void assertTold(Ran ran, Path table) {
    assertEquals(1, ran.status(), table + ": " + ran.out());
    assertTrue(ran.err().startsWith("error: ") && ran.err().contains("checksum"), ran.err());
    assertTrue(ran.err().contains(table.getFileName() + " offset 0"), ran.err());
    assertTrue(ran.err().contains("restore a backup"), ran.err());
    assertFalse(ran.err().contains("\tat "), ran.err());
  }

  private List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("node"))) {
      return files.filter(file -> file.toString().endsWith(".sst")).sorted().toList();
    }
  }
}
