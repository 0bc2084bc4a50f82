package org.bitcloud.consensus.poa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Height;
import org.junit.jupiter.api.Test;

final class SignersTest {
  private static final Address STRANGER = Fixtures.key(50).address();

  private static Signers of(int count) {
    return new Signers(
        IntStream.rangeClosed(1, count).mapToObj(i -> Fixtures.key(i).address()).sorted().toList(),
        List.of(),
        new TreeMap<>());
  }

  private static Signers vote(Signers before, int voter, Vote.Kind kind, Address subject) {
    Vote vote = new Vote(kind, subject);
    Address address = before.members().get(voter);
    assertEquals(Optional.empty(), before.refusal(address, vote));
    return before.after(address, Optional.of(vote), false);
  }

  @Test
  void turnsGoRound() {
    Signers three = of(3);
    for (int height = 0; height < 7; height++) {
      for (int i = 0; i < 3; i++) {
        int rank = three.rank(three.members().get(i), Height.of(height));
        assertEquals(Math.floorMod(i - height, 3), rank);
      }
    }
  }

  @Test
  void aMajorityAddsAndRemoves() {
    Signers one = vote(of(4), 0, Vote.Kind.ADD, STRANGER);
    Signers two = vote(one, 1, Vote.Kind.ADD, STRANGER);
    assertFalse(two.contains(STRANGER));
    assertEquals(2, two.votes().get(STRANGER).size());
    Signers five = vote(two, 2, Vote.Kind.ADD, STRANGER);
    assertTrue(five.contains(STRANGER));
    assertTrue(five.votes().isEmpty());

    Address out = five.members().getFirst();
    Signers open = vote(five, 0, Vote.Kind.ADD, Fixtures.key(60).address());
    Signers removed = vote(open, 1, Vote.Kind.REMOVE, out);
    removed = vote(removed, 2, Vote.Kind.REMOVE, out);
    removed = vote(removed, 3, Vote.Kind.REMOVE, out);
    assertFalse(removed.contains(out));
    assertTrue(removed.votes().isEmpty(), "its own votes are gone: " + removed.votes());
    assertFalse(removed.recent().contains(out));
  }

  @Test
  void refusesVotesThatCannotCount() {
    Signers four = of(4);
    Address voter = four.members().getFirst();
    Address other = four.members().getLast();
    assertTrue(four.refusal(voter, new Vote(Vote.Kind.ADD, other)).isPresent());
    assertTrue(four.refusal(voter, new Vote(Vote.Kind.REMOVE, STRANGER)).isPresent());
    assertTrue(four.refusal(voter, new Vote(Vote.Kind.WITHDRAW, STRANGER)).isPresent());
    Signers voted = vote(four, 0, Vote.Kind.ADD, STRANGER);
    assertTrue(voted.refusal(voter, new Vote(Vote.Kind.ADD, STRANGER)).isPresent());
    assertTrue(vote(voted, 0, Vote.Kind.WITHDRAW, STRANGER).votes().isEmpty());
    Signers alone = of(1);
    assertTrue(
        alone
            .refusal(
                alone.members().getFirst(), new Vote(Vote.Kind.REMOVE, alone.members().getFirst()))
            .isPresent());
    Signers full = of(Signers.MEMBERS_MAX);
    Address stranger = Fixtures.key(100).address();
    assertTrue(
        full.refusal(full.members().getFirst(), new Vote(Vote.Kind.ADD, stranger)).isPresent());
  }

  @Test
  void boundsOpenVotesAndEndsThemWithTheEpoch() {
    Signers four = of(4);
    for (int i = 0; i < Signers.SUBJECTS_MAX; i++) {
      four = vote(four, 0, Vote.Kind.ADD, Fixtures.key(60 + i).address());
    }
    Address voter = four.members().get(1);
    assertTrue(four.refusal(voter, new Vote(Vote.Kind.ADD, STRANGER)).isPresent());
    Vote known = new Vote(Vote.Kind.ADD, Fixtures.key(60).address());
    assertEquals(Optional.empty(), four.refusal(voter, known));
    assertTrue(four.after(voter, Optional.empty(), true).votes().isEmpty());
  }

  @Test
  void nobodySignsTwiceInHalfARound() {
    for (int count = 1; count <= 7; count++) {
      Signers signers = of(count);
      for (int i = 0; i < 2 * count; i++) {
        Address signer = signers.members().get(i % count);
        assertFalse(signers.recent().contains(signer));
        signers = signers.after(signer, Optional.empty(), false);
        assertEquals(Math.min(count / 2, i + 1), signers.recent().size());
      }
    }
  }
}
