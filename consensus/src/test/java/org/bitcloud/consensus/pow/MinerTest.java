package org.bitcloud.consensus.pow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.HeaderChange;
import org.bitcloud.testkit.Await;
import org.junit.jupiter.api.Test;

final class MinerTest {
  private static final BlockHeader GENESIS =
      Fixtures.genesisHeader(Fixtures.only(Fixtures.key(1)), Fixtures.NOON);

  private static BlockHeader template(long timeMillis, BigInteger target) {
    PowSeal seal = new PowSeal(target, 0, BigInteger.ONE, target);
    return HeaderChange.child(GENESIS, timeMillis, Fixtures.key(1).address(), seal.encode());
  }

  @Test
  void aNewTemplateReplacesOneThatCannotBeFound() throws Exception {
    Await<BlockHeader> found = new Await<>();
    try (Miner miner = new Miner(2)) {
      BlockHeader hopeless = template(1, BigInteger.ONE);
      miner.grind(hopeless, BigInteger.ONE, found::happened);
      BigInteger target = Work.target(BigInteger.valueOf(5000));
      BlockHeader good = template(2, target);
      miner.grind(good, target, found::happened);
      BlockHeader header = found.first(any -> true, Duration.ofSeconds(20));
      assertEquals(2, header.timeMillis());
      assertTrue(Work.isDone(header, PowSeal.decode(header.sealData())));
      miner.grind(hopeless, BigInteger.ONE, found::happened);
    }
    assertEquals(1, found.events().size());
  }

  @Test
  void refusesHeadersOfOtherEngines() {
    try (Miner miner = new Miner(1)) {
      assertThrows(
          IllegalArgumentException.class, () -> miner.grind(GENESIS, BigInteger.ONE, header -> {}));
    }
    assertThrows(IllegalArgumentException.class, () -> new Miner(0));
  }
}
