package org.bitcloud.consensus.pow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.HeaderChange;
import org.bitcloud.consensus.HeaderVerdict;
import org.bitcloud.consensus.ParentView;
import org.bitcloud.consensus.ledger.Score;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.Test;

/// One valid header, and for each rule one change that breaks only it: the work is done anew.
final class PowRulesTest {
  private static final PowParameters PARAMETERS =
      PowParameters.of(
          new TreeMap<>(Map.of("blockMillis", "1000", "difficulty", "64", "driftMillis", "5000")));
  private static final ValidatorSet VALIDATORS = Fixtures.only(Fixtures.key(1));
  private static final BlockHeader GENESIS = Fixtures.genesisHeader(VALIDATORS, Fixtures.NOON);
  private static final BigInteger TARGET = Work.target(BigInteger.valueOf(64));
  private static final BlockHeader GOOD = mined(GENESIS.timeMillis() + 1500, seal(1500));

  private final PowRules rules = new PowRules(PARAMETERS);

  private static PowSeal seal(long solveMillis) {
    return new PowSeal(TARGET, 0, BigInteger.valueOf(64), PARAMETERS.next(TARGET, solveMillis));
  }

  private static BlockHeader mined(long timeMillis, PowSeal seal) {
    return mine(
        HeaderChange.child(GENESIS, timeMillis, Fixtures.key(1).address(), seal.encode()), seal);
  }

  private static BlockHeader mine(BlockHeader header, PowSeal seal) {
    NonceSearch search = new NonceSearch(Work.preimage(header, seal), seal.target());
    long nonce = search.find(0, 1, Integer.MAX_VALUE).orElseThrow();
    return header.withSealData(seal.withNonce(nonce).encode());
  }

  private record Parent(BlockHeader header, ValidatorSet validators) implements ParentView {
    @Override
    public Optional<BlockHeader> ancestor(Height height) {
      return Optional.empty();
    }
  }

  private HeaderVerdict check(BlockHeader header, Bytes proof, Instant now) {
    return rules.checkHeader(header, proof, new Parent(GENESIS, VALIDATORS), now);
  }

  @Test
  void acceptsWhatIsMined() {
    assertEquals(HeaderVerdict.ok(), check(GOOD, Bytes.EMPTY, Fixtures.NOON));
    Score none = rules.score(GENESIS, Optional.empty());
    assertEquals(new Score.Work(BigInteger.ZERO), none);
    assertEquals(new Score.Work(BigInteger.valueOf(64)), rules.score(GOOD, Optional.of(none)));
  }

  @Test
  void refusesOneCorruptionByEachRule() throws Exception {
    PowSeal seal = PowSeal.decode(GOOD.sealData());
    long time = GOOD.timeMillis();
    Map<PowRule, BlockHeader> corrupt = new EnumMap<>(PowRule.class);
    corrupt.put(PowRule.SEAL_DATA, GOOD.withSealData(Bytes.of((byte) 0xc0)));
    corrupt.put(PowRule.TIME, mined(GENESIS.timeMillis(), seal(0)));
    corrupt.put(PowRule.VALIDATORS, mine(HeaderChange.nextValidators(GOOD, Hash.ZERO), seal));
    BigInteger easy = TARGET.add(BigInteger.ONE);
    corrupt.put(
        PowRule.TARGET,
        mined(time, new PowSeal(easy, 0, seal.work(), PARAMETERS.next(easy, 1500))));
    corrupt.put(
        PowRule.NEXT_TARGET,
        mined(time, new PowSeal(TARGET, 0, seal.work(), seal.next().add(BigInteger.ONE))));
    corrupt.put(
        PowRule.WORK,
        mined(time, new PowSeal(TARGET, 0, seal.work().add(BigInteger.ONE), seal.next())));
    corrupt.put(PowRule.HASH, GOOD.withSealData(seal.withNonce(lazyNonce(seal)).encode()));
    corrupt.forEach(
        (rule, header) -> {
          HeaderVerdict.Bad bad =
              assertInstanceOf(
                  HeaderVerdict.Bad.class, check(header, Bytes.EMPTY, Fixtures.NOON), rule.name());
          assertTrue(bad.why().startsWith(rule.code() + " "), rule + ": " + bad.why());
        });
    assertEquals(
        PowRule.SEAL_PROOF.broken("seal proof is not empty"),
        check(GOOD, Bytes.of((byte) 0), Fixtures.NOON));
    Instant early = Instant.ofEpochMilli(time).minusMillis(5001);
    assertEquals(new HeaderVerdict.NotYet(early.plusMillis(1)), check(GOOD, Bytes.EMPTY, early));
    assertEquals(HeaderVerdict.ok(), check(GOOD, Bytes.EMPTY, early.plusMillis(1)));
    EnumSet<PowRule> shown = EnumSet.copyOf(corrupt.keySet());
    shown.add(PowRule.SEAL_PROOF);
    shown.add(PowRule.DRIFT);
    assertEquals(EnumSet.allOf(PowRule.class), shown);
    assertEquals("PW-09", PowRule.DRIFT.code());
  }

  private static long lazyNonce(PowSeal seal) {
    NonceSearch search = new NonceSearch(Work.preimage(GOOD, seal), seal.target());
    long nonce = 0;
    while (search.holds(nonce)) {
      nonce++;
    }
    return nonce;
  }

  @Test
  void bytesAreThoseOfTheSpecification() {
    String lines =
        "parent %s%nheader %s%nhash %s%n"
                .formatted(GENESIS.encode().toHex(), GOOD.encode().toHex(), GOOD.hash().toHex())
            + "preimage %s%n".formatted(Work.preimage(GOOD, seal(1500)).toHex());
    Golden.file(Path.of("..", "docs", "spec", "pow-golden.txt")).matches(lines);
  }

  @Test
  void sealDataHasOneForm() throws Exception {
    PowSeal seal = PowSeal.decode(GOOD.sealData());
    assertEquals(GOOD.sealData(), seal.encode());
    byte[] encoded = GOOD.sealData().toArray();
    for (int cut = 0; cut < encoded.length; cut++) {
      BlockHeader torn = GOOD.withSealData(GOOD.sealData().slice(0, cut));
      assertInstanceOf(HeaderVerdict.Bad.class, check(torn, Bytes.EMPTY, Fixtures.NOON));
    }
    Bytes longer = Bytes.concat(GOOD.sealData(), Bytes.of((byte) 0));
    assertInstanceOf(
        HeaderVerdict.Bad.class, check(GOOD.withSealData(longer), Bytes.EMPTY, Fixtures.NOON));
    Bytes zero = new PowSeal(BigInteger.ZERO, 0, seal.work(), seal.next()).encode();
    assertInstanceOf(
        HeaderVerdict.Bad.class, check(GOOD.withSealData(zero), Bytes.EMPTY, Fixtures.NOON));
  }

  @Test
  void workAndTargetAreInverse() {
    for (long difficulty : new long[] {1, 2, 3, 1000, 1 << 20, Long.MAX_VALUE}) {
      BigInteger number = BigInteger.valueOf(difficulty);
      assertEquals(number, Work.of(Work.target(number)));
    }
    BigInteger easiest = Work.target(BigInteger.ONE);
    assertEquals(256, easiest.bitLength());
    assertTrue(new NonceSearch(Hash.ZERO, easiest).holds(0));
    assertFalse(new NonceSearch(Hash.ZERO, BigInteger.ONE).holds(0));
  }

  @Test
  void aLongPauseMakesNoStorm() {
    BigInteger after = PARAMETERS.next(TARGET, Duration.ofDays(7).toMillis());
    assertEquals(PARAMETERS.next(TARGET, 6000), after);
    assertTrue(after.compareTo(TARGET.add(TARGET.divide(BigInteger.valueOf(5)))) < 0);
  }
}
