package org.bitcloud.chain.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every forged proof we can think of, given to a verifier that has only the header's root.
///
/// Which rule refuses what:
/// - *the root*: a path that was cut, lengthened downwards, reordered, renamed with other values of
///   the same bits, or taken from another root; another value; an inner node shown as a leaf, since
///   leaves and inner nodes are hashed with different first bytes; an ending that makes absence
///   presence, since the leaf is then hashed with the asked key;
/// - *bits rise*: a branching that is named twice, or put above one that it is below;
/// - *the leaf is on the way*: another leaf, though truly in the tree, as the end of a lookup that
///   would have turned off before it;
/// - *not the key's own leaf*: the key's own leaf as that of another;
/// - *the empty root*: the empty state under any other root, or with a path;
/// - *one sibling a bit* and *the form*: paths whose parts differ in length, endings of three
///   items, short hashes, values and paths that are too long, and bytes before or after the proof.
final class StateProofForgeryTest {
  private static final String ROOT = "leads to another root";
  private static final String RISING = "branching bits must rise";
  private static final String WAY = "not on the way of the key";
  private static final String OWN = "is the key's own";
  private static final String EMPTY = "not that of an empty state";
  private static final String FORM = "";

  private static final Bytes PRESENT = StateKeys.CROWDED.getFirst();
  private static final Bytes NEIGHBOUR = StateKeys.CROWDED.get(1);
  private static final Bytes ABSENT = Bytes.ofUtf8("absent");

  /// A proof as it comes over the wire, and the rule that must refuse it.
  private record Forgery(String name, Bytes proof, Hash root, Bytes key, String rule) {}

  private static final StateOverlay STATE = state();
  private static final Hash STATE_ROOT = STATE.seal();

  private static StateOverlay state() {
    StateOverlay state = empty();
    for (Bytes key : StateKeys.all()) {
      state.put(key, value(key));
    }
    return state;
  }

  private static StateOverlay empty() {
    return StateStore.open(MemoryStore.open(StateStore.columns()), StateOptions.DEFAULT)
        .head()
        .child();
  }

  private static Bytes value(Bytes key) {
    return Bytes.concat(Bytes.ofUtf8("value of "), key);
  }

  private static StateProof.OtherLeaf leafOf(Bytes key) {
    return new StateProof.OtherLeaf(Sha256.hash(key), Sha256.hash(value(key)));
  }

  private static StateProof.Present present(Bytes value) {
    return new StateProof.Present(value);
  }

  private static Forgery of(String name, StateProof proof, Bytes key, String rule) {
    return new Forgery(name, proof.encode(), STATE_ROOT, key, rule);
  }

  private static StateProof ending(StateProof proof, StateProof.Ending ending) {
    return new StateProof(proof.bits(), proof.siblings(), ending);
  }

  /// The steps of a path in another order or number.
  private static StateProof steps(StateProof proof, List<Integer> order) {
    byte[] bits = new byte[order.size()];
    List<Hash> siblings = new ArrayList<>();
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) proof.bits().unsigned(order.get(i));
      siblings.add(proof.siblings().get(order.get(i)));
    }
    return new StateProof(Bytes.wrap(bits), siblings, proof.ending());
  }

  private static List<Integer> numbers(int from, int to) {
    return Stream.iterate(from, i -> i < to, i -> i + 1).toList();
  }

  private static Stream<Forgery> forgeries() {
    return Stream.of(paths(), siblings(), endings(), otherRoots(), emptyStates(), forms())
        .flatMap(List::stream);
  }

  private static List<Forgery> paths() {
    List<Forgery> table = new ArrayList<>();
    for (Bytes key : List.of(PRESENT, ABSENT)) {
      String of = (key.equals(PRESENT) ? "inclusion" : "exclusion") + ": ";
      StateProof honest = STATE.prove(key);
      int depth = honest.bits().size();
      table.add(of(of + "first step cut", steps(honest, numbers(1, depth)), key, ROOT));
      table.add(of(of + "last step cut", steps(honest, numbers(0, depth - 1)), key, ROOT));
      table.add(of(of + "no steps", steps(honest, List.of()), key, ROOT));
      List<Integer> twice = new ArrayList<>(numbers(0, depth));
      twice.add(depth - 1);
      table.add(of(of + "last step twice", steps(honest, twice), key, RISING));
      table.add(
          of(of + "steps reversed", steps(honest, numbers(0, depth).reversed()), key, RISING));
      table.add(of(of + "step below", lengthened(honest, key), key, ROOT));
    }
    return table;
  }

  /// One more step, at a bit in which the leaf shown and the key agree.
  private static StateProof lengthened(StateProof proof, Bytes key) {
    Hash asked = Sha256.hash(key);
    Hash shown =
        proof.ending() instanceof StateProof.OtherLeaf(Hash keyHash, Hash _) ? keyHash : asked;
    int bit = 255;
    while (NaiveTree.bit(asked, bit) != NaiveTree.bit(shown, bit)) {
      bit--;
    }
    assertTrue(bit > proof.bits().unsigned(proof.bits().size() - 1));
    List<Hash> siblings = new ArrayList<>(proof.siblings());
    siblings.add(Hash.ZERO);
    Bytes bits = Bytes.concat(proof.bits(), Bytes.of((byte) bit));
    return new StateProof(bits, siblings, proof.ending());
  }

  private static List<Forgery> siblings() {
    List<Forgery> table = new ArrayList<>();
    for (Bytes key : List.of(PRESENT, ABSENT)) {
      String of = (key.equals(PRESENT) ? "inclusion" : "exclusion") + ": ";
      StateProof honest = STATE.prove(key);
      List<Hash> swapped = new ArrayList<>(honest.siblings());
      Hash first = swapped.set(0, swapped.get(1));
      swapped.set(1, first);
      table.add(
          of(
              of + "siblings swapped",
              new StateProof(honest.bits(), swapped, honest.ending()),
              key,
              ROOT));
      List<Hash> zero = new ArrayList<>(honest.siblings());
      zero.set(zero.size() - 1, Hash.ZERO);
      table.add(
          of(of + "sibling zero", new StateProof(honest.bits(), zero, honest.ending()), key, ROOT));
    }
    return table;
  }

  private static List<Forgery> endings() {
    StateProof in = STATE.prove(PRESENT);
    StateProof out = STATE.prove(ABSENT);
    StateProof near = STATE.prove(NEIGHBOUR);
    Bytes far = farFrom(PRESENT);
    Hash valueHash = Sha256.hash(value(PRESENT));
    return List.of(
        of("inclusion: another value", ending(in, present(ABSENT)), PRESENT, ROOT),
        of("inclusion: empty value", ending(in, present(Bytes.EMPTY)), PRESENT, ROOT),
        of("inclusion: hash as value", ending(in, present(valueHash.bytes())), PRESENT, ROOT),
        of("inclusion of another key", near, PRESENT, ROOT),
        of("exclusion by the key's own leaf", ending(in, leafOf(PRESENT)), PRESENT, OWN),
        of("exclusion by a neighbour's leaf", ending(near, leafOf(NEIGHBOUR)), PRESENT, WAY),
        of("exclusion by a far leaf", ending(STATE.prove(far), leafOf(far)), PRESENT, WAY),
        of("exclusion by a far leaf on the own path", ending(in, leafOf(far)), PRESENT, WAY),
        of("exclusion by inner node", innerNodeAsLeaf(), PRESENT, ROOT),
        of("exclusion by nothing", ending(in, new StateProof.Nothing()), PRESENT, EMPTY),
        of("inclusion of absent key", ending(out, present(value(ABSENT))), ABSENT, ROOT),
        of("inclusion by a present key's proof", in, ABSENT, ROOT));
  }

  /// A key whose lookup leaves that of another at the very first branching.
  private static Bytes farFrom(Bytes key) {
    int first = STATE.prove(key).bits().unsigned(0);
    return StateKeys.all().stream()
        .filter(
            other ->
                NaiveTree.bit(Sha256.hash(other), first) != NaiveTree.bit(Sha256.hash(key), first))
        .findFirst()
        .orElseThrow();
  }

  /// The two sides of the top branching as the hashes of a leaf, which would then be the root.
  private static StateProof innerNodeAsLeaf() {
    Hash right = STATE.prove(PRESENT).siblings().getFirst();
    Hash left = STATE.prove(farFrom(PRESENT)).siblings().getFirst();
    int first = STATE.prove(PRESENT).bits().unsigned(0);
    boolean isRight = NaiveTree.bit(Sha256.hash(PRESENT), first);
    StateProof.OtherLeaf leaf =
        isRight ? new StateProof.OtherLeaf(right, left) : new StateProof.OtherLeaf(left, right);
    return new StateProof(Bytes.EMPTY, List.of(), leaf);
  }

  private static List<Forgery> otherRoots() {
    StateOverlay without = state();
    without.delete(PRESENT);
    StateOverlay changed = state();
    changed.put(PRESENT, ABSENT);
    StateOverlay alone = empty();
    alone.put(NEIGHBOUR, value(NEIGHBOUR));
    without.seal();
    changed.seal();
    alone.seal();
    return List.of(
        of("exclusion from a root without the key", without.prove(PRESENT), PRESENT, ROOT),
        of("exclusion from a state of one other key", alone.prove(PRESENT), PRESENT, ROOT),
        of("inclusion from a root with another value", changed.prove(PRESENT), PRESENT, ROOT),
        new Forgery(
            "inclusion under the zero root",
            STATE.prove(PRESENT).encode(),
            Hash.ZERO,
            PRESENT,
            ROOT));
  }

  private static List<Forgery> emptyStates() {
    StateProof nothing = new StateProof(Bytes.EMPTY, List.of(), new StateProof.Nothing());
    StateProof padded =
        new StateProof(Bytes.of((byte) 3), List.of(Hash.ZERO), new StateProof.Nothing());
    return List.of(
        of("empty state", nothing, PRESENT, EMPTY),
        of("empty state for absent key", nothing, ABSENT, EMPTY),
        new Forgery("empty state with path", padded.encode(), Hash.ZERO, ABSENT, EMPTY));
  }

  private static List<Forgery> forms() {
    StateProof in = STATE.prove(PRESENT);
    Bytes honest = in.encode();
    Bytes bits = in.bits();
    int depth = bits.size();
    Bytes tooBig = Bytes.wrap(new byte[StateStore.VALUE_SIZE_MAX + 1]);
    return List.of(
        form("no bytes", Bytes.EMPTY),
        form("trailing byte", Bytes.concat(honest, Bytes.of((byte) 0))),
        form("trailing list", Bytes.concat(honest, Bytes.of((byte) 0xc0))),
        form("proof twice", Bytes.concat(honest, honest)),
        form("leading byte", Bytes.concat(Bytes.of((byte) 0x80), honest)),
        form("last byte missing", honest.slice(0, honest.size() - 1)),
        form("sibling too few", raw(bits, depth - 1, Hash.ZERO.bytes())),
        form("sibling too many", raw(bits, depth + 1, Hash.ZERO.bytes())),
        form("257 steps", raw(Bytes.wrap(new byte[257]), 257, Hash.ZERO.bytes())),
        form("ending of three", raw(bits, depth, bits, bits, bits)),
        form("short key hash", raw(bits, depth, Bytes.of((byte) 1), Hash.ZERO.bytes())),
        form("short value hash", raw(bits, depth, Hash.ZERO.bytes(), Bytes.of((byte) 1))),
        form("value too long", raw(bits, depth, tooBig)));
  }

  private static Forgery form(String name, Bytes encoded) {
    return new Forgery("form: " + name, encoded, STATE_ROOT, PRESENT, FORM);
  }

  private static Bytes raw(Bytes bits, int siblings, Bytes... ending) {
    RlpWriter writer = new RlpWriter().beginList().bytes(bits).beginList();
    for (int i = 0; i < siblings; i++) {
      writer.hash(Hash.ZERO);
    }
    writer.endList().beginList();
    for (Bytes item : ending) {
      writer.bytes(item);
    }
    return writer.endList().endList().toBytes();
  }

  @TestFactory
  Stream<DynamicTest> eachIsRefusedByItsRule() {
    return forgeries()
        .map(forgery -> DynamicTest.dynamicTest(forgery.name(), () -> assertRefused(forgery)));
  }

  private static void assertRefused(Forgery forgery) {
    MalformedException refusal =
        assertThrows(
            MalformedException.class,
            () -> {
              var shown = StateProof.decode(forgery.proof()).verify(forgery.root(), forgery.key());
              throw new AssertionError("verified: " + shown);
            });
    assertTrue(String.valueOf(refusal.getMessage()).contains(forgery.rule()), refusal.getMessage());
  }

  /// Shows that the table forges proofs that hold as they were.
  @Test
  void honestProofsHold() throws Exception {
    assertEquals(
        Optional.of(value(PRESENT)),
        StateProof.decode(STATE.prove(PRESENT).encode()).verify(STATE_ROOT, PRESENT));
    assertEquals(
        Optional.empty(),
        StateProof.decode(STATE.prove(ABSENT).encode()).verify(STATE_ROOT, ABSENT));
  }
}
