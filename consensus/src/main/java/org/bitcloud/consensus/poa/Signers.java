package org.bitcloud.consensus.poa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.validator.Validator;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Height;

/// Who may sign after a block: the signers, those who signed lately, and the votes that are open.
///
/// @param members in rising order
/// @param recent who may not sign the next block, the latest first
/// @param votes by subject: who wants to have it added, or removed where it is a member
record Signers(
    List<Address> members, List<Address> recent, SortedMap<Address, SortedSet<Address>> votes) {
  /// Most signers.
  static final int MEMBERS_MAX = 64;

  /// Most subjects of open votes.
  static final int SUBJECTS_MAX = 16;

  /// Takes unmodifiable copies.
  Signers {
    members = List.copyOf(members);
    recent = List.copyOf(recent);
    SortedMap<Address, SortedSet<Address>> copy = new TreeMap<>();
    votes.forEach(
        (subject, voters) ->
            copy.put(subject, Collections.unmodifiableSortedSet(new TreeSet<>(voters))));
    votes = Collections.unmodifiableSortedMap(copy);
  }

  /// The signers of a genesis.
  ///
  /// @throws EngineConfigException when a validator has no account, or there are too many
  static Signers first(ValidatorSet validators) {
    TreeSet<Address> members = new TreeSet<>();
    for (Validator validator : validators.members()) {
      members.add(
          validator
              .key()
              .address()
              .orElseThrow(
                  () ->
                      new EngineConfigException("signers of the poa engine have secp256k1 keys")));
    }
    if (members.isEmpty() || members.size() > MEMBERS_MAX) {
      throw new EngineConfigException(
          "the poa engine has 1 to %d signers, not %d".formatted(MEMBERS_MAX, members.size()));
    }
    return new Signers(List.copyOf(members), List.of(), new TreeMap<>());
  }

  boolean contains(Address signer) {
    return Collections.binarySearch(members, signer) >= 0;
  }

  /// How many places a signer comes after the one in turn at a height; 0 in turn.
  int rank(Address signer, Height height) {
    int index = Collections.binarySearch(members, signer);
    if (index < 0) {
      throw new IllegalArgumentException(signer + " does not sign");
    }
    int turn = (int) (height.value() % members.size());
    return Math.floorMod(index - turn, members.size());
  }

  /// Whether things are as a vote wants them.
  boolean isSettled(Address voter, Vote vote) {
    return switch (vote.kind()) {
      case ADD -> contains(vote.subject());
      case REMOVE -> !contains(vote.subject());
      case WITHDRAW ->
          !votes.getOrDefault(vote.subject(), Collections.emptySortedSet()).contains(voter);
    };
  }

  /// Why a vote cannot count, or empty when it can.
  Optional<String> refusal(Address voter, Vote vote) {
    Address subject = vote.subject();
    SortedSet<Address> open = votes.getOrDefault(subject, Collections.emptySortedSet());
    boolean voted = open.contains(voter);
    if (vote.kind() == Vote.Kind.WITHDRAW) {
      return voted ? Optional.empty() : Optional.of("there is no vote to take back");
    }
    boolean adds = vote.kind() == Vote.Kind.ADD;
    if (adds == contains(subject)) {
      return Optional.of(adds ? "the subject signs already" : "the subject does not sign");
    }
    if (adds ? members.size() >= MEMBERS_MAX : members.size() == 1) {
      return Optional.of(adds ? "there is no room for a signer" : "it is the last signer");
    }
    if (voted) {
      return Optional.of("the voter has voted on the subject");
    }
    return open.isEmpty() && votes.size() >= SUBJECTS_MAX
        ? Optional.of("too many votes are open")
        : Optional.empty();
  }

  /// The signers after a block.
  ///
  /// @param signer of the block
  /// @param vote in it, which can count
  /// @param epochEnds whether all open votes end
  Signers after(Address signer, Optional<Vote> vote, boolean epochEnds) {
    TreeSet<Address> next = new TreeSet<>(members);
    TreeMap<Address, SortedSet<Address>> open = new TreeMap<>();
    if (!epochEnds) {
      votes.forEach((subject, voters) -> open.put(subject, new TreeSet<>(voters)));
      vote.ifPresent(cast -> count(cast, signer, next, open));
    }
    List<Address> lately = new ArrayList<>(List.of(signer));
    lately.addAll(recent);
    lately.removeIf(address -> !next.contains(address));
    int most = next.size() / 2;
    return new Signers(List.copyOf(next), lately.subList(0, Math.min(most, lately.size())), open);
  }

  private static void count(
      Vote vote,
      Address voter,
      TreeSet<Address> members,
      TreeMap<Address, SortedSet<Address>> open) {
    Address subject = vote.subject();
    SortedSet<Address> voters = open.computeIfAbsent(subject, _ -> new TreeSet<>());
    if (vote.kind() == Vote.Kind.WITHDRAW) {
      voters.remove(voter);
    } else {
      voters.add(voter);
      if (voters.size() > members.size() / 2) {
        voters.clear();
        if (vote.kind() == Vote.Kind.ADD) {
          members.add(subject);
        } else {
          members.remove(subject);
          open.values().forEach(others -> others.remove(subject));
        }
      }
    }
    open.values().removeIf(left -> left.isEmpty());
  }
}
