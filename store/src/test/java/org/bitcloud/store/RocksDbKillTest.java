package org.bitcloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bitcloud.primitives.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes is killed at once, several times over.
final class RocksDbKillTest {
  private static final int ROUNDS = 3;

  /// The process: writes batch after batch and names each once its write has returned.
  public static void main(String[] arguments) {
    RocksDbStore store =
        RocksDbStore.open(Path.of(arguments[0]), StoreContract.COLUMNS, StoreOptions.forMemory(0));
    for (int i = Integer.parseInt(arguments[1]); ; i++) {
      store.write(batch(i), Durability.SYNC);
      System.out.println(i);
    }
  }

  private static WriteBatch batch(int i) {
    Bytes key = Bytes.ofUtf8(Integer.toString(i));
    return new WriteBatch()
        .put(StoreContract.LEFT, key, key)
        .put(StoreContract.RIGHT, key, Bytes.wrap(new byte[5_000]));
  }

  @Test
  void killedProcessKeepsAllItAcknowledged(@TempDir Path folder) throws Exception {
    int next = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int acknowledged = writeAndKill(folder, next, 20 + 31 * round);
      next = check(folder, acknowledged);
    }
    assertTrue(next >= 20);
  }

  private static int writeAndKill(Path folder, int from, int count) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RocksDbKillTest.class.getName(),
                folder.toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      int last = -1;
      for (int i = 0; i < count; i++) {
        last = Integer.parseInt(lines.readLine());
      }
      // Through the handle, since the process itself would close the pipe at once.
      assertTrue(process.toHandle().destroyForcibly());
      // What was printed but not yet read counts as acknowledged too.
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = Math.max(last, Integer.parseInt(line));
      }
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      return last;
    }
  }

  /// Checks that every batch up to the last is there and whole; returns the number after it.
  private static int check(Path folder, int acknowledged) {
    try (RocksDbStore store =
        RocksDbStore.open(folder, StoreContract.COLUMNS, StoreOptions.forMemory(0))) {
      int i = 0;
      while (store.get(StoreContract.LEFT, Bytes.ofUtf8(Integer.toString(i))) != null) {
        Bytes big = store.get(StoreContract.RIGHT, Bytes.ofUtf8(Integer.toString(i)));
        assertEquals(5_000, big.size());
        i++;
      }
      assertTrue(i > acknowledged, i + " batches are there, " + acknowledged + " was acknowledged");
      return i;
    }
  }
}
