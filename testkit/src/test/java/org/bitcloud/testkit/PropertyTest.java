package org.bitcloud.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PropertyTest {
  @Test
  void holdsForEveryRun() {
    int[] runs = {0};
    Property.named("counts runs").runs(37).check(choices -> runs[0]++);
    assertEquals(37, runs[0]);
  }

  @Test
  void findsAndShrinksFailureToTheSmallestCase() {
    Property property = Property.named("no list holds 100 or more").runs(500);
    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                property.check(
                    choices -> {
                      List<Integer> list = choices.listUpTo(50, c -> c.below(1000));
                      choices.note("list " + list);
                      for (int element : list) {
                        if (element >= 100) {
                          throw new IllegalStateException("found " + element);
                        }
                      }
                    }));
    assertTrue(failure.getMessage().contains("Choices.replay(1, 100)"), failure.getMessage());
    assertTrue(failure.getMessage().contains("list [100]"), failure.getMessage());
    assertTrue(failure.getMessage().contains("seed "), failure.getMessage());
    assertEquals("found 100", failure.getCause().getMessage());
  }

  @Test
  void enumeratesEveryCaseOnce() {
    List<String> seen = new ArrayList<>();
    Property.named("small space")
        .enumerate(
            100,
            choices -> {
              int first = choices.below(3);
              seen.add(first == 1 ? "1" + choices.flip() : "" + first);
            });
    assertEquals(List.of("0", "1false", "1true", "2"), seen);
  }

  @Test
  void refusesToEnumerateTooManyCases() {
    Property property = Property.named("large space");
    assertThrows(AssertionError.class, () -> property.enumerate(10, choices -> choices.below(11)));
  }

  @Test
  void equalSeedsGiveEqualChoicesAndReplayRepeatsThem() {
    Choices first = Choices.ofSeed(7);
    String drawn = first.below(10) + " " + first.longBetween(-5, 5) + " " + first.flip();
    Choices again = Choices.ofSeed(7);
    assertEquals(drawn, again.below(10) + " " + again.longBetween(-5, 5) + " " + again.flip());
    Choices replayed = Choices.replay(first.drawn());
    assertEquals(
        drawn, replayed.below(10) + " " + replayed.longBetween(-5, 5) + " " + replayed.flip());
  }

  @Test
  void replayClampsForeignNumbersAndEndsInZeros() {
    Choices choices = Choices.replay(99, -4);
    assertEquals(4, choices.below(5));
    assertEquals(0, choices.below(5));
    assertEquals(0, choices.below(5));
  }
}
