package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BinomialBoundsTest {
  @Test
  void cutsTailsOfACoinTossedTenTimes() {
    // P(0) = 1/1024, P(1) = 10/1024.
    assertEquals(new BinomialBounds(1, 9), BinomialBounds.of(10, 0.5, 2 * 1.5 / 1024));
    assertEquals(new BinomialBounds(2, 8), BinomialBounds.of(10, 0.5, 2 * 11.5 / 1024));
    assertEquals(new BinomialBounds(0, 10), BinomialBounds.of(10, 0.5, 1e-9));
  }

  @Test
  void leansToTheSideOfTheRarerOutcome() {
    // P(0) = 0.9^3 = 0.729, P(3) = 0.001.
    assertEquals(new BinomialBounds(0, 2), BinomialBounds.of(3, 0.1, 0.002_1));
    assertTrue(new BinomialBounds(0, 2).contains(2));
    assertFalse(new BinomialBounds(0, 2).contains(3));
  }
}
