package org.bitcloud.consensus.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.HeaderVerdict;
import org.bitcloud.consensus.ParentView;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One valid header, and for each rule one change that breaks only it: the seal is made anew.
final class DevRulesTest {
  private static final KeyPair KEY = Fixtures.key(1);
  private static final ValidatorSet VALIDATORS = Fixtures.only(KEY);
  private static final BlockHeader PARENT = Fixtures.genesisHeader(VALIDATORS, Fixtures.NOON);
  private static final BlockHeader GOOD =
      with(PARENT.timeMillis() + 1, KEY.address(), VALIDATORS.hash());

  private final DevRules rules = new DevRules();

  private static BlockHeader with(long timeMillis, Address proposer, Hash nextValidators) {
    return new BlockHeader(
        PARENT.hash(),
        Height.of(1),
        timeMillis,
        proposer,
        DevRules.SEAL_DATA,
        PARENT.roots(),
        PARENT.logsBloom(),
        PARENT.gasLimit(),
        0,
        PARENT.baseFee(),
        Hash.ZERO,
        VALIDATORS.hash(),
        nextValidators);
  }

  private record Parent(BlockHeader header, ValidatorSet validators) implements ParentView {
    @Override
    public Optional<BlockHeader> ancestor(Height height) {
      return Optional.empty();
    }
  }

  private HeaderVerdict check(BlockHeader header, Bytes seal) {
    return rules.checkHeader(header, seal, new Parent(PARENT, VALIDATORS), Fixtures.NOON);
  }

  private static Bytes seal(KeyPair key, BlockHeader header) {
    return key.sign(header.hash()).toBytes65();
  }

  @Test
  void acceptsWhatTheValidatorSealed() {
    assertInstanceOf(HeaderVerdict.Ok.class, check(GOOD, seal(KEY, GOOD)));
    BlockHeader nextYear = with(Fixtures.NOON.toEpochMilli() * 2, KEY.address(), VALIDATORS.hash());
    assertInstanceOf(HeaderVerdict.Ok.class, check(nextYear, seal(KEY, nextYear)));
  }

  static Stream<Arguments> corruptions() {
    UnaryOperator<BlockHeader> sealData = h -> h.withSealData(Bytes.EMPTY);
    UnaryOperator<BlockHeader> time =
        h -> with(PARENT.timeMillis(), h.proposer(), h.nextValidators());
    UnaryOperator<BlockHeader> proposer =
        h -> with(h.timeMillis(), Fixtures.key(2).address(), h.nextValidators());
    UnaryOperator<BlockHeader> next = h -> with(h.timeMillis(), h.proposer(), Hash.ZERO);
    return Stream.of(
        Arguments.of(sealData, "seal data is not the empty list"),
        Arguments.of(time, "is not after the parent's"),
        Arguments.of(proposer, "not the validator"),
        Arguments.of(next, "the validator changes"));
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void refusesEachCorruptionByItsRule(UnaryOperator<BlockHeader> corrupt, String message) {
    BlockHeader bad = corrupt.apply(GOOD);
    HeaderVerdict.Bad verdict =
        assertInstanceOf(HeaderVerdict.Bad.class, check(bad, seal(KEY, bad)));
    assertTrue(verdict.why().contains(message), verdict.why());
  }

  @Test
  void refusesASealByAnotherKey() {
    assertEquals(
        HeaderVerdict.bad("seal is not the validator's signature"),
        check(GOOD, seal(Fixtures.key(2), GOOD)));
  }

  @Test
  void refusesTheOtherFormsOfTheSameSignature() {
    byte[] seal = seal(KEY, GOOD).toArray();
    byte[] otherId = seal.clone();
    otherId[64] = (byte) (27 + 28 - otherId[64]);
    assertInstanceOf(HeaderVerdict.Bad.class, check(GOOD, Bytes.wrap(otherId)));
    BigInteger order =
        new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    byte[] highS = otherId.clone();
    byte[] s = order.subtract(new BigInteger(1, seal, 32, 32)).toByteArray();
    Arrays.fill(highS, 32, 64, (byte) 0);
    int length = Math.min(32, s.length);
    System.arraycopy(s, s.length - length, highS, 64 - length, length);
    assertInstanceOf(HeaderVerdict.Bad.class, check(GOOD, Bytes.wrap(highS)));
  }
}
