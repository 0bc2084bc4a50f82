package org.bitcloud.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Clients that nobody here wrote, and the checker written from the specification alone, against a
/// real devnet; skipped where Node.js or the packages are missing.
class JavaScriptClientsIT {
  private static final Path FOLDER = Path.of("src", "it", "js").toAbsolutePath();

  @BeforeAll
  static void findClients() {
    assumeTrue(nodeRuns(), "skipped: Node.js 20 is not installed");
    assumeTrue(
        Files.isDirectory(FOLDER.resolve("node_modules")),
        "skipped: run `npm ci` in node/src/it/js first");
  }

  private static boolean nodeRuns() {
    try {
      Process process = new ProcessBuilder("node", "--version").start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void ethersSendsReadsAndListens() throws Exception {
    passes("tests/ethers.test.mjs");
  }

  @Test
  void checkerRecomputesTheChainFromItsSpecification() throws Exception {
    passes("tests/checker.test.mjs");
  }

  private static void passes(String script) throws IOException, InterruptedException {
    Path log = Files.createTempFile("javascript", ".log");
    try {
      var builder =
          new ProcessBuilder("node", "--test", script)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      Process process = builder.start();
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      String output = Files.readString(log);
      assertTrue(ended, () -> script + " did not end:\n" + output);
      assertEquals(0, process.exitValue(), () -> script + " failed:\n" + output);
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
