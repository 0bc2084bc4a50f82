package org.bitcloud.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
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
  void viemAndCastSendAndRead() throws Exception {
    passes("tests/clients.test.mjs");
  }

  @Test
  void checkerRecomputesTheChainFromItsSpecification() throws Exception {
    passes("tests/checker.test.mjs");
  }

  private static void passes(String script) throws IOException, InterruptedException {
    Path log = Files.createTempFile("javascript", ".log");
    Path launcher = launcher();
    try {
      var builder =
          new ProcessBuilder("node", "--test", script)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("BITCLOUD", launcher.toString());
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
      Files.deleteIfExists(launcher);
    }
  }

  /// A command that runs the classes under test: `./bitcloud` would build them once more.
  private static Path launcher() throws IOException {
    List<String> words = new ArrayList<>();
    words.add("exec");
    words.add(quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      words.add(quoted(option));
    }
    words.add("-cp");
    words.add(quoted(System.getProperty("java.class.path")));
    words.add("org.bitcloud.node.cli.Bitcloud");
    words.add("\"$@\"");
    Path script = Files.createTempFile("bitcloud", ".sh");
    Files.writeString(script, "#!/bin/sh\n" + String.join(" ", words) + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
