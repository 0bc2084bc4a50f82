package org.bitcloud.chain.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.InvariantViolation;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.store.Column;
import org.bitcloud.store.CorruptStoreException;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.MemoryMedium;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.store.Order;
import org.bitcloud.store.WriteBatch;
import org.junit.jupiter.api.Test;

final class StateStoreTest {
  private static final Bytes A = Bytes.ofUtf8("a");
  private static final Bytes B = Bytes.ofUtf8("b");

  private final MemoryMedium medium = new MemoryMedium();
  private MemoryStore store = MemoryStore.open(medium, StateStore.columns());
  private StateStore state = StateStore.open(store, StateOptions.DEFAULT.withUndoDepth(3));

  private static Bytes number(int number) {
    return Bytes.of((byte) number);
  }

  /// Commits a block that sets one key; a null value deletes it.
  private void block(int height, Bytes key, Bytes value) {
    StateOverlay overlay = state.head().child();
    if (value == null) {
      overlay.delete(key);
    } else {
      overlay.put(key, value);
    }
    WriteBatch batch = new WriteBatch();
    state.commit(overlay, Height.of(height), batch);
    store.write(batch, Durability.SYNC);
  }

  private void reopen(StateOptions options) {
    medium.crash();
    store = MemoryStore.open(medium, StateStore.columns());
    state = StateStore.open(store, options);
  }

  private int size(Column column) {
    int count = 0;
    try (Cursor cursor = store.range(column, KeyRange.ALL, Order.ASCENDING)) {
      while (cursor.next()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void startsEmpty() {
    assertTrue(state.isEmpty());
    assertEquals(Hash.ZERO, state.root());
    assertEquals(Hash.ZERO, state.recomputeRoot());
    assertNull(state.head().get(A));
    assertThrows(IllegalStateException.class, state::height);
    assertThrows(IllegalStateException.class, state::oldest);
    assertThrows(IllegalStateException.class, () -> state.view().close());
    WriteBatch batch = new WriteBatch();
    assertThrows(IllegalStateException.class, () -> state.revert(batch));
  }

  @Test
  void reopensAtTheCommittedHead() {
    block(7, A, number(1));
    block(8, B, number(2));
    Hash root = state.root();
    reopen(StateOptions.DEFAULT);
    assertFalse(state.isEmpty());
    assertEquals(Height.of(8), state.height());
    assertEquals(Height.of(7), state.oldest());
    assertEquals(root, state.root());
    assertEquals(NaiveTree.root(Map.of(A, number(1), B, number(2))), root);
    assertEquals(number(2), state.head().get(B));
  }

  @Test
  void batchThatIsNotWrittenChangesNothingStored() {
    block(0, A, number(1));
    StateOverlay next = state.head().child();
    next.put(A, number(2));
    WriteBatch batch = new WriteBatch();
    state.commit(next, Height.of(1), batch);
    assertEquals(Height.of(1), state.height(), "staged");
    try (StateView view = state.view()) {
      assertEquals(Height.of(0), view.height(), "stored");
      assertEquals(number(1), view.get(A));
    }
    reopen(StateOptions.DEFAULT);
    assertEquals(Height.of(0), state.height());
    assertEquals(number(1), state.head().get(A));
  }

  @Test
  void overlaysReadThroughTheirParentsAndStayTrueWhenTheHeadMoves() {
    block(0, A, number(1));
    StateOverlay one = state.head().child();
    one.put(A, number(2));
    assertEquals(number(2), one.get(A));
    one.seal();
    StateOverlay two = one.child();
    two.delete(A);
    two.put(B, number(3));
    StateOverlay rival = state.head().child();
    rival.put(B, number(9));
    rival.seal();
    two.seal();
    WriteBatch batch = new WriteBatch();
    state.commit(one, Height.of(1), batch);
    state.commit(two, Height.of(2), batch);
    assertEquals(number(2), one.get(A));
    store.write(batch, Durability.SYNC);
    assertSame(two, state.head());
    assertEquals(number(2), one.get(A));
    assertNull(two.get(A));
    assertEquals(number(1), rival.get(A));
    assertEquals(number(9), rival.get(B));
    assertEquals(NaiveTree.root(Map.of(A, number(1), B, number(9))), rival.root());
  }

  @Test
  void unchangedValuesLeaveNoTrace() {
    block(0, A, number(1));
    Hash before = state.root();
    StateOverlay overlay = state.head().child();
    overlay.put(A, number(2));
    overlay.put(A, number(1));
    overlay.put(B, number(1));
    overlay.delete(B);
    assertEquals(before, overlay.seal());
    assertEquals(0, overlay.changeCount());
    assertEquals(before, overlay.seal(), "sealing again is nothing new");
  }

  @Test
  void misuseIsRefused() {
    block(0, A, number(1));
    StateOverlay open = state.head().child();
    assertThrows(InvariantViolation.class, open::child);
    assertThrows(IllegalStateException.class, open::root);
    assertThrows(InvariantViolation.class, () -> open.prove(A));
    assertThrows(InvariantViolation.class, () -> open.put(Bytes.EMPTY, A));
    Bytes longKey = Bytes.wrap(new byte[StateStore.KEY_SIZE_MAX + 1]);
    assertThrows(InvariantViolation.class, () -> open.delete(longKey));
    Bytes longValue = Bytes.wrap(new byte[StateStore.VALUE_SIZE_MAX + 1]);
    assertThrows(InvariantViolation.class, () -> open.put(A, longValue));
    open.seal();
    assertThrows(InvariantViolation.class, () -> open.put(A, A));
    WriteBatch batch = new WriteBatch();
    assertThrows(InvariantViolation.class, () -> state.commit(open, Height.of(2), batch));
    state.commit(open, Height.of(1), batch);
    assertThrows(InvariantViolation.class, () -> state.revert(batch));
    assertThrows(InvariantViolation.class, () -> state.at(Height.of(0)));
    WriteBatch other = new WriteBatch();
    StateOverlay next = state.head().child();
    assertThrows(InvariantViolation.class, () -> state.commit(next, Height.of(2), other));
  }

  @Test
  void olderHeightsAreReadableAsDeepAsUndoReaches() {
    for (int height = 0; height <= 10; height++) {
      block(height, A, height % 4 == 3 ? null : number(height));
    }
    assertEquals(Height.of(7), state.oldest());
    for (int height = 7; height <= 10; height++) {
      try (StateView view = state.view(Height.of(height))) {
        assertEquals(height % 4 == 3 ? null : number(height), view.get(A));
        assertEquals(Height.of(height), view.height());
      }
    }
    UnreachableHeightException failure =
        assertThrows(UnreachableHeightException.class, () -> state.view(Height.of(6)).close());
    assertEquals("state at height 6 is not kept: heights 7 to 10 are", failure.getMessage());
    assertEquals(Height.of(6), failure.asked());
    assertEquals(Height.of(10), failure.newest());
    assertThrows(UnreachableHeightException.class, () -> state.view(Height.of(11)).close());
    assertEquals(3, size(StateHistory.CHANGES));
    assertEquals(3, size(StateHistory.VALUES));
  }

  @Test
  void viewsAreUnmoved() throws Exception {
    block(0, A, number(1));
    block(1, B, number(2));
    try (StateView head = state.view();
        StateView past = state.view(Height.of(0))) {
      Hash root = state.root();
      block(2, A, number(3));
      assertEquals(number(1), head.get(A));
      assertEquals(root, head.root());
      assertNull(past.get(B));
      StateProof proof = state.at(Height.of(0)).prove(B);
      assertEquals(Optional.empty(), proof.verify(past.root(), B));
    }
  }

  @Test
  void revertsToTheOldestHeightAndNoFurther() {
    block(0, A, number(1));
    Hash genesis = state.root();
    block(1, A, number(2));
    block(2, B, number(3));
    WriteBatch batch = new WriteBatch();
    state.revert(batch);
    state.revert(batch);
    assertThrows(UnreachableHeightException.class, () -> state.revert(batch));
    store.write(batch, Durability.SYNC);
    assertEquals(genesis, state.root());
    assertEquals(number(1), state.head().get(A));
    assertEquals(0, size(StateHistory.CHANGES));
    assertEquals(0, size(StateHistory.VALUES));
    reopen(StateOptions.DEFAULT);
    assertEquals(Height.of(0), state.height());
    assertEquals(genesis, state.recomputeRoot());
  }

  @Test
  void changedUndoDepthTakesEffectStepByStep() {
    reopen(StateOptions.DEFAULT.archive());
    for (int height = 0; height <= 30; height++) {
      block(height, A, number(height));
    }
    assertEquals(Height.of(0), state.oldest());
    reopen(StateOptions.DEFAULT.withUndoDepth(2));
    block(31, A, number(1));
    assertEquals(Height.of(16), state.oldest());
    block(32, A, number(2));
    block(33, A, number(3));
    assertEquals(Height.of(31), state.oldest());
    assertEquals(2, size(StateHistory.CHANGES));
  }

  @Test
  void damageIsFound() {
    for (int height = 0; height < 5; height++) {
      block(height, number(height), number(height));
    }
    Bytes root = Bytes.of((byte) 0);
    Bytes page = store.get(StoredTree.NODES, root);
    damage(StoredTree.NODES, root, page.slice(1));
    CorruptStoreException failure = assertThrows(CorruptStoreException.class, this::openAgain);
    assertTrue(failure.getMessage().contains("state tree"), failure.getMessage());
    damage(StoredTree.NODES, root, null);
    assertThrows(CorruptStoreException.class, this::openAgain);
    damage(StoredTree.NODES, root, page);
    damage(StateHead.COLUMN, StateHead.KEY, A);
    assertThrows(CorruptStoreException.class, this::openAgain);
  }

  @Test
  void damagedUndoDataIsFound() {
    for (int height = 0; height < 3; height++) {
      block(height, A, number(height));
    }
    try (Cursor cursor = store.range(StateHistory.VALUES, KeyRange.ALL, Order.DESCENDING)) {
      assertTrue(cursor.next());
      Bytes value = cursor.value();
      byte[] other = value.toArray();
      other[other.length - 1] ^= 1;
      damage(StateHistory.VALUES, cursor.key(), Bytes.wrap(other));
      assertThrows(CorruptStoreException.class, () -> state.at(Height.of(1)));
      damage(StateHistory.VALUES, cursor.key(), null);
      assertThrows(CorruptStoreException.class, () -> state.at(Height.of(1)));
    }
  }

  private void damage(Column column, Bytes key, Bytes value) {
    WriteBatch batch = new WriteBatch();
    if (value == null) {
      batch.delete(column, key);
    } else {
      batch.put(column, key, value);
    }
    store.write(batch, Durability.SYNC);
  }

  private void openAgain() {
    assertFalse(StateStore.open(store, StateOptions.DEFAULT).isEmpty());
  }

  @Test
  void stateOfAnotherCommitmentIsRefused() {
    block(0, A, number(1));
    StateHead head = StateHead.read(store);
    StateHead other =
        new StateHead(head.height(), head.root(), head.oldest(), "other", head.tree());
    damage(StateHead.COLUMN, StateHead.KEY, other.encode());
    IllegalStateException failure = assertThrows(IllegalStateException.class, this::openAgain);
    assertTrue(failure.getMessage().contains("written with other"), failure.getMessage());
  }

  @Test
  void nodesAreWrittenBehindAndBroughtUpAtOpening() {
    StateOptions lazy = StateOptions.DEFAULT.withReplayMax(4);
    reopen(lazy);
    for (int height = 0; height < 8; height++) {
      block(height, number(height), number(height));
      assertEquals(height < 5 ? 0 : 5, StateHead.read(store).tree().value());
      Hash root = state.root();
      reopen(lazy);
      assertEquals(root, state.root());
      assertEquals(root, state.recomputeRoot());
    }
  }

  @Test
  void nodesAreWrittenWhenTheyFillTheirMemory() {
    reopen(StateOptions.DEFAULT.withCacheBytes(0));
    block(0, number(0), number(0));
    for (int height = 1; height < 40; height++) {
      block(height, number(height), number(height));
      assertEquals(height % 2, height - StateHead.read(store).tree().value());
    }
  }

  @Test
  void undoingBelowTheStoredNodesWritesThem() {
    reopen(StateOptions.DEFAULT.withReplayMax(1));
    for (int height = 0; height < 5; height++) {
      block(height, A, number(height));
    }
    assertEquals(4, StateHead.read(store).tree().value());
    WriteBatch batch = new WriteBatch();
    state.revert(batch);
    state.revert(batch);
    store.write(batch, Durability.SYNC);
    assertEquals(2, StateHead.read(store).tree().value());
    Hash root = state.root();
    reopen(StateOptions.DEFAULT);
    assertEquals(root, state.root());
  }

  @Test
  void aValueThatWasLostIsFoundWhenNodesAreBroughtUp() {
    reopen(StateOptions.DEFAULT);
    block(0, A, number(0));
    block(1, B, number(1));
    damage(StoredValues.VALUES, B, number(2));
    CorruptStoreException failure = assertThrows(CorruptStoreException.class, this::openAgain);
    assertTrue(failure.getMessage().contains("state tree"), failure.getMessage());
  }

  @Test
  void headsOfVersionsThatStoredAllNodesAreRead() {
    block(0, A, number(1));
    StateHead head = StateHead.read(store);
    Bytes old =
        RlpWriter.encode(
            out ->
                out.beginList()
                    .number(0)
                    .hash(head.root())
                    .number(0)
                    .text(head.commitment())
                    .endList());
    damage(StateHead.COLUMN, StateHead.KEY, old);
    assertEquals(head, StateHead.read(store));
  }
}
