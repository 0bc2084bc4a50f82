package org.bitcloud.market.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A process started without the flag for the Vector API still codes, in plain Java.
final class WithoutVectorsTest {
  /// What the other process runs.
  static final class Program {
    private Program() {}

    /// Encodes a strip, which takes whichever implementation there is.
    public static void main(String[] args) {
      byte[][] strips = {{7}, {9}, {0}};
      ErasureCode.of(2, 3).encode(strips, 0, 1);
      int expected =
          GaloisField.multiply(7, GaloisField.inverse(2))
              ^ GaloisField.multiply(9, GaloisField.inverse(3));
      System.out.print(ErasureCode.implementation() + (strips[2][0] == (byte) expected));
    }
  }

  @Test
  void codesWithTables() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                Program.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals("tablestrue", output);
  }
}
