package org.bitcloud.consensus.validator;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.merkle.MerkleTree;

/// The weighted voters of one term, in a fixed order: an index names a validator.
public final class ValidatorSet {
  /// The greatest total weight, so that sums and doubles of it stay exact everywhere.
  public static final long TOTAL_MAX = 1L << 53;

  private final long term;
  private final List<Validator> members;
  private final long total;

  /// The set of `term`: not empty, each key once, total weight at most [#TOTAL_MAX].
  public ValidatorSet(long term, List<Validator> members) {
    this.term = term;
    this.members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a validator set needs a member");
    }
    Set<ValidatorKey> keys = new HashSet<>();
    long sum = 0;
    for (Validator member : members) {
      sum = Math.addExact(sum, member.weight());
      if (!keys.add(member.key())) {
        throw new IllegalArgumentException("a key stands twice in a validator set");
      }
    }
    if (sum > TOTAL_MAX) {
      throw new IllegalArgumentException("total weight " + sum + " is above " + TOTAL_MAX);
    }
    this.total = sum;
  }

  /// The set that a genesis names, as term 0.
  public static ValidatorSet ofGenesis(List<GenesisValidator> validators) {
    return new ValidatorSet(0, validators.stream().map(ValidatorSet::ofGenesis).toList());
  }

  private static Validator ofGenesis(GenesisValidator validator) {
    KeyType type =
        KeyType.of(validator.keyType())
            .orElseThrow(
                () -> new IllegalArgumentException("unknown key type " + validator.keyType()));
    return new Validator(new ValidatorKey(type, validator.publicKey()), validator.weight());
  }

  /// The validator-set period it belongs to.
  public long term() {
    return term;
  }

  /// The members, at least one, in the order that indices follow.
  public List<Validator> members() {
    return members;
  }

  /// The sum of the weights.
  public long total() {
    return total;
  }

  /// The least weight that is strictly more than two thirds of the total.
  public long quorum() {
    return total * 2 / 3 + 1;
  }

  /// The least weight that holds an honest member while less than a third is faulty.
  public long oneHonest() {
    return (total - 1) / 3 + 1;
  }

  /// The member with `key`, or empty.
  public Optional<Validator> member(ValidatorKey key) {
    return members.stream().filter(member -> member.key().equals(key)).findFirst();
  }

  /// What headers call the set: the Merkle root over RLP [key type, key, weight] of each member.
  /// The term is no part of it.
  public Hash hash() {
    return MerkleTree.root(
        members.stream()
            .map(
                member ->
                    new GenesisValidator(
                            member.key().type().text(), member.key().bytes(), member.weight())
                        .encode())
            .map(MerkleTree::leaf)
            .toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValidatorSet that && term == that.term && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(term) + members.hashCode();
  }

  @Override
  public String toString() {
    return "term " + term + " of " + members.size() + " validators, weight " + total;
  }
}
