package org.bitcloud.chain.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class WorkersTest {
  @Test
  void everyPartRunsOnce() {
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      for (int parts : new int[] {0, 1, 2, 100}) {
        int[] ran = new int[parts];
        new Workers(pool, 4).run(parts, part -> ran[part]++);
        int[] once = new int[parts];
        java.util.Arrays.fill(once, 1);
        assertArrayEquals(once, ran);
      }
    }
  }

  @Test
  void whatAPartThrowsReachesTheCaller() {
    IllegalStateException thrown = new IllegalStateException("part 3");
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      for (Workers workers : new Workers[] {Workers.NONE, new Workers(pool, 4)}) {
        IllegalStateException caught =
            assertThrows(
                IllegalStateException.class,
                () ->
                    workers.run(
                        10,
                        part -> {
                          if (part == 3) {
                            throw thrown;
                          }
                        }));
        assertSame(thrown, caught);
      }
    }
  }
}
