package org.bitcloud.consensus.validator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.junit.jupiter.api.Test;

final class ValidatorSetTest {
  private static ValidatorSet of(long... weights) {
    List<Validator> members =
        IntStream.range(0, weights.length)
            .mapToObj(i -> new Validator(Fixtures.validatorKey(Fixtures.key(i + 1)), weights[i]))
            .toList();
    return new ValidatorSet(3, members);
  }

  @Test
  void aQuorumIsStrictlyMoreThanTwoThirdsAndTwoOfThemShareAnHonestMember() {
    for (long total = 1; total <= 200; total++) {
      ValidatorSet set = of(total);
      long quorum = set.quorum();
      assertTrue(3 * quorum > 2 * total && 3 * (quorum - 1) <= 2 * total, "total " + total);
      long faultyMax = (total - 1) / 3;
      assertTrue(2 * quorum - total > faultyMax, "total " + total);
      assertEquals(faultyMax + 1, set.oneHonest());
      assertTrue(total - faultyMax >= quorum, "the honest alone are a quorum");
    }
    assertEquals(6004799503160662L, of(ValidatorSet.TOTAL_MAX).quorum());
  }

  @Test
  void boundsTheTotal() {
    assertThrows(IllegalArgumentException.class, () -> of(ValidatorSet.TOTAL_MAX, 1));
    assertThrows(ArithmeticException.class, () -> of(Long.MAX_VALUE, Long.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> of(0));
    assertThrows(IllegalArgumentException.class, () -> of());
  }

  @Test
  void refusesAKeyTwice() {
    Validator one = new Validator(Fixtures.validatorKey(Fixtures.key(1)), 1);
    assertThrows(IllegalArgumentException.class, () -> new ValidatorSet(0, List.of(one, one)));
  }

  @Test
  void isCalledByTheRootThatGenesisComputes() {
    Bytes key = Fixtures.key(1).publicKey();
    GenesisValidator genesis = new GenesisValidator("secp256k1", key, 7);
    ValidatorSet set = ValidatorSet.ofGenesis(List.of(genesis));
    assertEquals(MerkleTree.root(List.of(MerkleTree.leaf(genesis.encode()))), set.hash());
    assertEquals(7, set.total());
    assertEquals(Fixtures.key(1).address(), set.members().getFirst().key().address().get());
    GenesisValidator odd = new GenesisValidator("rsa", key, 7);
    assertThrows(IllegalArgumentException.class, () -> ValidatorSet.ofGenesis(List.of(odd)));
  }

  @Test
  void aFixedSourceKnowsItsSetByHash() {
    ValidatorSet set = of(1, 2, 3);
    ValidatorSource source = ValidatorSource.fixed(set);
    assertEquals(Optional.of(set), source.byHash(set.hash()));
    assertEquals(Optional.empty(), source.byHash(Hash.ZERO));
    ValidatorSet later = source.forTerm(9, key -> null);
    assertEquals(9, later.term());
    assertEquals(set.hash(), later.hash());
  }

  @Test
  void findsAMemberByItsKey() {
    ValidatorSet set = of(5, 6);
    ValidatorKey second = Fixtures.validatorKey(Fixtures.key(2));
    assertEquals(6, set.member(second).orElseThrow().weight());
    assertTrue(set.member(Fixtures.validatorKey(Fixtures.key(9))).isEmpty());
  }

  @Test
  void anEd25519KeyControlsNoAccount() {
    ValidatorKey key = new ValidatorKey(KeyType.ED25519, Bytes.wrap(new byte[32]));
    assertTrue(key.address().isEmpty());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ValidatorKey(KeyType.SECP256K1, Bytes.wrap(new byte[33])));
  }
}
