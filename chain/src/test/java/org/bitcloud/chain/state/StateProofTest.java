package org.bitcloud.chain.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StateProofTest {
  private final Map<Bytes, Bytes> entries = new HashMap<>();
  private final List<Bytes> absent = new ArrayList<>();
  private StateOverlay state;
  private Hash root;

  @BeforeEach
  void fill() {
    StateStore store =
        StateStore.open(MemoryStore.open(StateStore.columns()), StateOptions.DEFAULT);
    state = store.head().child();
    for (Bytes key : StateKeys.all()) {
      if (entries.size() % 3 == 2 && absent.size() < 20) {
        absent.add(key);
      } else {
        entries.put(key, Bytes.concat(Bytes.ofUtf8("value of "), key));
      }
    }
    entries.forEach(state::put);
    absent.addAll(List.of(Bytes.ofUtf8("a"), Bytes.ofUtf8("b"), Bytes.ofUtf8("c")));
    root = state.seal();
  }

  private static void assertRefused(StateProof proof, Hash root, Bytes key) {
    assertThrows(MalformedException.class, () -> unused(proof.verify(root, key)));
  }

  private static void unused(Object ignored) {}

  private static Bytes bits(int... bits) {
    byte[] bytes = new byte[bits.length];
    for (int i = 0; i < bits.length; i++) {
      bytes[i] = (byte) bits[i];
    }
    return Bytes.wrap(bytes);
  }

  @Test
  void everyKeyHasProofThatVerifies() throws Exception {
    for (Map.Entry<Bytes, Bytes> entry : entries.entrySet()) {
      StateProof proof = StateProof.decode(state.prove(entry.getKey()).encode());
      assertEquals(Optional.of(entry.getValue()), proof.verify(root, entry.getKey()));
    }
    for (Bytes key : absent) {
      StateProof proof = StateProof.decode(state.prove(key).encode());
      assertEquals(Optional.empty(), proof.verify(root, key));
    }
  }

  @Test
  void emptyStateProvesAbsence() throws Exception {
    StateStore store =
        StateStore.open(MemoryStore.open(StateStore.columns()), StateOptions.DEFAULT);
    Bytes key = absent.getFirst();
    StateProof proof = StateProof.decode(store.head().prove(key).encode());
    assertEquals(Optional.empty(), proof.verify(Hash.ZERO, key));
    assertRefused(proof, root, key);
    StateProof padded = new StateProof(bits(3), List.of(Hash.ZERO), new StateProof.Nothing());
    assertRefused(padded, Hash.ZERO, key);
  }

  @Test
  void proofOfOneKeyShowsNothingOfAnother() {
    for (Bytes key : entries.keySet()) {
      StateProof proof = state.prove(key);
      for (Bytes other : StateKeys.all()) {
        if (!other.equals(key)) {
          assertRefused(proof, root, other);
        }
      }
    }
  }

  /// The attack: show another leaf, truly in the tree, as the one where the lookup ends.
  @Test
  void presentKeyCannotBeProvenAbsentByAnotherLeaf() {
    for (Bytes victim : entries.keySet()) {
      for (Bytes other : entries.keySet()) {
        StateProof honest = state.prove(other);
        StateProof.OtherLeaf leaf =
            new StateProof.OtherLeaf(Sha256.hash(other), Sha256.hash(entries.get(other)));
        assertRefused(new StateProof(honest.bits(), honest.siblings(), leaf), root, victim);
      }
    }
  }

  /// The attack that the bit inside the hash stops: name other bits, in which the leaf shown and
  /// the key agree, for the same branchings.
  @Test
  void branchingBitsCannotBeRenamed() {
    Bytes victim = StateKeys.CROWDED.getFirst();
    Hash victimHash = Sha256.hash(victim);
    for (Bytes other : entries.keySet()) {
      if (other.equals(victim)) {
        continue;
      }
      StateProof honest = state.prove(other);
      Hash otherHash = Sha256.hash(other);
      byte[] renamed = honest.bits().toArray();
      int bit = 255;
      for (int i = renamed.length - 1; i >= 0; i--) {
        while (bit > 0
            && (NaiveTree.bit(victimHash, bit) != NaiveTree.bit(otherHash, bit)
                || NaiveTree.bit(otherHash, bit)
                    != NaiveTree.bit(otherHash, honest.bits().unsigned(i)))) {
          bit--;
        }
        renamed[i] = (byte) bit--;
      }
      StateProof.OtherLeaf leaf =
          new StateProof.OtherLeaf(otherHash, Sha256.hash(entries.get(other)));
      assertRefused(new StateProof(Bytes.wrap(renamed), honest.siblings(), leaf), root, victim);
    }
  }

  @Test
  void bitsMustRiseAndMatchTheLeafShown() {
    // A tree made by a forger, whose lower node branches at a lower bit than the upper one.
    Bytes victim = Bytes.ofUtf8("victim");
    Hash hash = Sha256.hash(victim);
    byte[] other = hash.toArray();
    other[31] ^= 1;
    StateProof.OtherLeaf leaf = new StateProof.OtherLeaf(Hash.of(other), Hash.ZERO);
    Hash top = rootOf(leaf, hash, 9, 5);
    StateProof falling = new StateProof(bits(9, 5), List.of(Hash.ZERO, Hash.ZERO), leaf);
    MalformedException failure =
        assertThrows(MalformedException.class, () -> unused(falling.verify(top, victim)));
    assertTrue(failure.getMessage().contains("must rise"), failure.getMessage());
    Hash twice = rootOf(leaf, hash, 5, 5);
    assertRefused(new StateProof(bits(5, 5), List.of(Hash.ZERO, Hash.ZERO), leaf), twice, victim);

    byte[] elsewhere = hash.toArray();
    elsewhere[0] ^= (byte) 0x80;
    StateProof.OtherLeaf strayLeaf = new StateProof.OtherLeaf(Hash.of(elsewhere), Hash.ZERO);
    Hash strayRoot = rootOf(strayLeaf, hash, 0);
    StateProof stray = new StateProof(bits(0), List.of(Hash.ZERO), strayLeaf);
    MalformedException offWay =
        assertThrows(MalformedException.class, () -> unused(stray.verify(strayRoot, victim)));
    assertTrue(offWay.getMessage().contains("not on the way"), offWay.getMessage());
  }

  /// The root that hashing up from a leaf gives, whatever the bits, siblings being zero.
  private static Hash rootOf(StateProof.OtherLeaf leaf, Hash asked, int... bits) {
    Hash hash = Sha256.hash(Bytes.of((byte) 0), leaf.keyHash().bytes(), leaf.valueHash().bytes());
    for (int i = bits.length - 1; i >= 0; i--) {
      boolean right = NaiveTree.bit(asked, bits[i]);
      Bytes left = (right ? Hash.ZERO : hash).bytes();
      Bytes other = (right ? hash : Hash.ZERO).bytes();
      hash = Sha256.hash(Bytes.of((byte) 1, (byte) bits[i]), left, other);
    }
    return hash;
  }

  @Test
  void honestForgersRootWithRisingBitsWouldVerify() throws Exception {
    // Shows that the two refusals above are due to what they name, not to something else.
    Bytes victim = Bytes.ofUtf8("victim");
    Hash hash = Sha256.hash(victim);
    byte[] other = hash.toArray();
    other[31] ^= 1;
    StateProof.OtherLeaf leaf = new StateProof.OtherLeaf(Hash.of(other), Hash.ZERO);
    StateProof rising = new StateProof(bits(5, 9), List.of(Hash.ZERO, Hash.ZERO), leaf);
    assertEquals(Optional.empty(), rising.verify(rootOf(leaf, hash, 5, 9), victim));
  }

  @Test
  void innerNodesAreNotLeavesAndOwnLeafShowsNoAbsence() {
    Bytes key = entries.keySet().iterator().next();
    StateProof honest = state.prove(key);
    StateProof.OtherLeaf own =
        new StateProof.OtherLeaf(Sha256.hash(key), Sha256.hash(entries.get(key)));
    assertRefused(new StateProof(honest.bits(), honest.siblings(), own), root, key);
    for (int depth = 1; depth < honest.bits().size(); depth++) {
      Bytes bits = honest.bits().slice(0, depth);
      List<Hash> siblings = honest.siblings().subList(0, depth);
      StateProof cut = new StateProof(bits, siblings, honest.ending());
      assertRefused(cut, root, key);
      Hash left = honest.siblings().get(depth);
      assertRefused(
          new StateProof(bits, siblings, new StateProof.OtherLeaf(left, left)), root, key);
    }
  }

  @Test
  void everyChangeOfProofIsRefused() {
    Property.named("changed proofs are refused")
        .runs(300)
        .check(
            choices -> {
              Bytes key = choices.pick(StateKeys.all());
              StateProof proof = state.prove(key);
              Optional<Bytes> truth = proof.verify(root, key);
              byte[] encoded = proof.encode().toArray();
              int at = choices.below(encoded.length);
              encoded[at] ^= (byte) choices.between(1, 255);
              choices.note("byte " + at + " of the proof of " + key);
              try {
                StateProof changed = StateProof.decode(Bytes.wrap(encoded));
                assertEquals(truth, changed.verify(root, key));
                throw new AssertionError("verified");
              } catch (MalformedException e) {
                choices.note(e.getMessage());
              }
            });
  }

  @Test
  void decoderRefusesEveryOtherForm() {
    Bytes bits = bits(1, 2);
    Bytes big = Bytes.wrap(new byte[257]);
    List<Bytes> forms =
        List.of(
            Bytes.EMPTY,
            form(bits, 1, 0),
            form(bits, 3, 0),
            form(bits, 2, 3),
            form(big, 257, 0),
            Bytes.concat(form(bits, 2, 0), Bytes.of((byte) 0x80)));
    for (Bytes form : forms) {
      assertThrows(MalformedException.class, () -> unused(StateProof.decode(form)));
    }
    Bytes longValue = Bytes.wrap(new byte[StateStore.VALUE_SIZE_MAX + 1]);
    Bytes tooLong =
        new StateProof(Bytes.EMPTY, List.of(), new StateProof.Present(longValue)).encode();
    assertThrows(MalformedException.class, () -> unused(StateProof.decode(tooLong)));
    StateProof uneven =
        new StateProof(bits, Collections.nCopies(3, Hash.ZERO), new StateProof.Nothing());
    assertRefused(uneven, root, absent.getFirst());
  }

  private static Bytes form(Bytes bits, int siblings, int endings) {
    RlpWriter writer = new RlpWriter().beginList().bytes(bits).beginList();
    for (int i = 0; i < siblings; i++) {
      writer.hash(Hash.ZERO);
    }
    writer.endList().beginList();
    for (int i = 0; i < endings; i++) {
      writer.hash(Hash.ZERO);
    }
    return writer.endList().endList().toBytes();
  }
}
