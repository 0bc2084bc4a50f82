package org.bitcloud.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.bitcloud.chain.VerifyException;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.Test;

/// What holds whatever anybody does.
class SeasonTest {
  private static final int WINDOWS = 40;

  private static Hash stateRoot(long seed) {
    try (Season season = new Season(seed)) {
      season.run(15);
      return season.chain.head().roots().state();
    }
  }

  @Test
  void oneSeedDecidesEverything() {
    assertEquals(stateRoot(7), stateRoot(7));
    assertNotEquals(stateRoot(7), stateRoot(8));
  }

  /// After every block all coins were counted; when all is over, none is left behind.
  @Test
  void everybodyGetsItsCoinsOutAndAReplayAgrees() throws VerifyException {
    try (Season season = new Season(11)) {
      season.run(WINDOWS);
      EventBooks books = season.chain.books();
      assertFalse(books.events(StorageEvent.ContractEnded.class).isEmpty());
      assertFalse(books.events(StorageEvent.ProviderEnded.class).isEmpty());
      season.wrapUp();
      assertEquals(Amount.ZERO, season.chain.balance(StorageAbi.ADDRESS));
      assertEquals(season.chain.head().roots().state(), season.chain.verify().stateRoot());
    }
  }

  @Test
  void otherSeasonsLeaveNothingBehindEither() {
    for (long seed = 20; seed < 23; seed++) {
      try (Season season = new Season(seed)) {
        season.run(WINDOWS);
        season.wrapUp();
        assertEquals(Amount.ZERO, season.chain.balance(StorageAbi.ADDRESS), "seed " + seed);
      }
    }
  }
}
