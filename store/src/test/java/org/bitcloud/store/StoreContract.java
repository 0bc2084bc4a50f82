package org.bitcloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises; each kind of store runs all of it.
abstract class StoreContract {
  static final Column LEFT = Column.of("left");
  static final Column RIGHT = Column.raw("right");
  static final Column OTHER = Column.archive("other");
  static final List<Column> COLUMNS = List.of(LEFT, RIGHT);

  private KeyValueStore store;

  /// Opens a store on what this test wrote so far.
  abstract KeyValueStore open(List<Column> columns);

  /// Ends the open store as a crash would; the next open sees what survived.
  abstract void crash();

  /// Starts over with nothing written.
  abstract void erase();

  @BeforeEach
  final void openStore() {
    store = open(COLUMNS);
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  static Bytes b(String text) {
    return Bytes.ofUtf8(text);
  }

  private static void put(KeyValueStore store, Column column, String key, String value) {
    store.write(new WriteBatch().put(column, b(key), b(value)), Durability.ASYNC);
  }

  private static List<String> texts(Cursor cursor) {
    List<String> result = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        result.add(text(cursor.key()) + "=" + text(cursor.value()));
      }
      assertFalse(cursor.next(), "the end is final");
      assertThrows(IllegalStateException.class, cursor::key);
    }
    return result;
  }

  static String text(Bytes bytes) {
    return new String(bytes.toArray(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void readsWhatWasWritten() {
    put(store, LEFT, "k", "v");
    assertEquals(b("v"), store.get(LEFT, b("k")));
    assertNull(store.get(RIGHT, b("k")));
    assertNull(store.get(LEFT, b("kk")));
    put(store, LEFT, "k", "");
    assertEquals(Bytes.EMPTY, store.get(LEFT, b("k")));
    store.write(new WriteBatch().delete(LEFT, b("k")).delete(LEFT, b("x")), Durability.SYNC);
    assertNull(store.get(LEFT, b("k")));
  }

  @Test
  void readsSeveralKeysInTheirOrder() {
    put(store, LEFT, "a", "1");
    put(store, LEFT, "c", "3");
    List<Bytes> keys = List.of(b("c"), b("b"), b("a"), b("c"));
    assertEquals(Arrays.asList(b("3"), null, b("1"), b("3")), store.getAll(LEFT, keys));
    assertEquals(List.of(), store.getAll(LEFT, List.of()));
  }

  @Test
  void appliesBatchOverColumnsInOrder() {
    WriteBatch batch =
        new WriteBatch()
            .put(LEFT, b("a"), b("1"))
            .delete(LEFT, b("a"))
            .put(RIGHT, b("a"), b("2"))
            .put(RIGHT, b("a"), b("3"));
    assertEquals(4, batch.size());
    store.write(batch, Durability.SYNC);
    assertNull(store.get(LEFT, b("a")));
    assertEquals(b("3"), store.get(RIGHT, b("a")));
  }

  @Test
  void listenersRunOnceAfterTheBatchIsApplied() {
    List<Bytes> seen = new ArrayList<>();
    WriteBatch batch = new WriteBatch().put(LEFT, b("a"), b("1"));
    batch.onWritten(() -> seen.add(store.get(LEFT, b("a"))));
    batch.onWritten(() -> seen.add(b("second")));
    store.write(batch, Durability.ASYNC);
    assertEquals(List.of(b("1"), b("second")), seen);
    assertThrows(IllegalStateException.class, () -> store.write(batch, Durability.ASYNC));
    assertThrows(IllegalStateException.class, () -> batch.delete(LEFT, b("a")));
    assertEquals(2, seen.size());
  }

  @Test
  void emptyBatchIsAllowed() {
    assertTrue(new WriteBatch().isEmpty());
    store.write(new WriteBatch(), Durability.SYNC);
  }

  @Test
  void walksRangesInBothDirections() {
    for (String key : List.of("b", "a", "ab", "c", "aa")) {
      put(store, LEFT, key, key + "!");
    }
    assertEquals(
        List.of("a=a!", "aa=aa!", "ab=ab!", "b=b!", "c=c!"),
        texts(store.range(LEFT, KeyRange.ALL, Order.ASCENDING)));
    assertEquals(
        List.of("b=b!", "ab=ab!", "aa=aa!"),
        texts(store.range(LEFT, KeyRange.between(b("aa"), b("c")), Order.DESCENDING)));
    assertEquals(
        List.of("c=c!"), texts(store.range(LEFT, KeyRange.from(b("bb")), Order.ASCENDING)));
    assertEquals(
        List.of("c=c!", "b=b!"), texts(store.range(LEFT, KeyRange.from(b("b")), Order.DESCENDING)));
    assertEquals(List.of("a=a!", "aa=aa!", "ab=ab!"), texts(store.prefix(LEFT, b("a"))));
    assertEquals(List.of(), texts(store.prefix(RIGHT, b("a"))));
  }

  @Test
  void prefixOfHighestBytesHasNoEnd() {
    Bytes high = Bytes.of((byte) 0xff, (byte) 0xff);
    Bytes key = Bytes.concat(high, b("z"));
    store.write(new WriteBatch().put(LEFT, key, b("1")), Durability.ASYNC);
    try (Cursor cursor = store.prefix(LEFT, high)) {
      assertTrue(cursor.next());
      assertEquals(key, cursor.key());
      assertFalse(cursor.next());
    }
    assertEquals(Bytes.of((byte) 2), KeyRange.prefix(Bytes.of((byte) 1, (byte) 0xff)).to());
  }

  @Test
  void deletesRanges() {
    for (String key : List.of("a", "b", "c", "d")) {
      put(store, LEFT, key, "1");
    }
    WriteBatch batch =
        new WriteBatch()
            .deleteRange(LEFT, KeyRange.between(b("b"), b("d")))
            .deleteRange(LEFT, KeyRange.between(b("z"), b("a")))
            .put(LEFT, b("c"), b("2"));
    store.write(batch, Durability.ASYNC);
    assertEquals(
        List.of("a=1", "c=2", "d=1"), texts(store.range(LEFT, KeyRange.ALL, Order.ASCENDING)));
    WriteBatch endless = new WriteBatch();
    assertThrows(
        IllegalArgumentException.class, () -> endless.deleteRange(LEFT, KeyRange.from(b("a"))));
  }

  @Test
  void snapshotIsUnmovedByLaterWrites() {
    put(store, LEFT, "a", "1");
    put(store, LEFT, "b", "1");
    try (Snapshot snapshot = store.snapshot()) {
      put(store, LEFT, "a", "2");
      put(store, LEFT, "a", "3");
      put(store, LEFT, "c", "2");
      store.write(new WriteBatch().delete(LEFT, b("b")), Durability.ASYNC);
      assertEquals(b("1"), snapshot.get(LEFT, b("a")));
      assertEquals(Arrays.asList(b("1"), null), snapshot.getAll(LEFT, List.of(b("b"), b("c"))));
      assertEquals(
          List.of("a=1", "b=1"), texts(snapshot.range(LEFT, KeyRange.ALL, Order.ASCENDING)));
    }
    assertEquals(List.of("a=3", "c=2"), texts(store.range(LEFT, KeyRange.ALL, Order.ASCENDING)));
    put(store, LEFT, "b", "4");
    assertEquals(b("4"), store.get(LEFT, b("b")));
  }

  @Test
  void cursorSeesTheColumnAsItWas() {
    put(store, LEFT, "a", "1");
    put(store, LEFT, "b", "1");
    try (Cursor cursor = store.range(LEFT, KeyRange.ALL, Order.ASCENDING)) {
      assertTrue(cursor.next());
      put(store, LEFT, "b", "2");
      put(store, LEFT, "bb", "2");
      assertTrue(cursor.next());
      assertEquals(b("1"), cursor.value());
      assertFalse(cursor.next());
    }
  }

  @Test
  void undeclaredColumnIsRefusedAndNothingWritten() {
    WriteBatch batch = new WriteBatch().put(LEFT, b("a"), b("1")).put(OTHER, b("a"), b("1"));
    assertThrows(IllegalArgumentException.class, () -> store.write(batch, Durability.ASYNC));
    assertThrows(IllegalArgumentException.class, () -> store.get(OTHER, b("a")));
    assertThrows(IllegalArgumentException.class, () -> store.prefix(OTHER, b("a")));
    assertNull(store.get(LEFT, b("a")));
    assertThrows(IllegalArgumentException.class, () -> Column.of("No good"));
  }

  @Test
  void closingEndsEverything() {
    put(store, LEFT, "a", "1");
    Snapshot snapshot = store.snapshot();
    Cursor cursor = store.range(LEFT, KeyRange.ALL, Order.ASCENDING);
    Cursor inSnapshot = snapshot.prefix(LEFT, b("a"));
    assertTrue(cursor.next());
    store.close();
    store.close();
    for (Callable<?> use :
        List.<Callable<?>>of(
            () -> store.get(LEFT, b("a")),
            store::snapshot,
            () -> snapshot.get(LEFT, b("a")),
            () -> snapshot.prefix(LEFT, b("a")),
            cursor::next,
            inSnapshot::next)) {
      StoreException failure = assertThrows(StoreException.class, use::call);
      assertEquals(StoreException.Kind.CLOSED, failure.kind());
    }
    WriteBatch late = new WriteBatch();
    assertThrows(StoreException.class, () -> store.write(late, Durability.SYNC));
    inSnapshot.close();
    snapshot.close();
    cursor.close();
  }

  @Test
  void secondOpenIsRefusedWhileTheFirstLives() {
    StoreException failure = assertThrows(StoreException.class, () -> open(COLUMNS));
    assertEquals(StoreException.Kind.IN_USE, failure.kind());
    assertTrue(failure.getMessage().contains("already in use"), failure.getMessage());
    put(store, LEFT, "a", "1");
    store.close();
    store = open(COLUMNS);
    assertEquals(b("1"), store.get(LEFT, b("a")));
  }

  @Test
  void columnsComeAndGoBetweenOpens() {
    put(store, RIGHT, "a", "1");
    store.close();
    store = open(List.of(OTHER));
    assertThrows(IllegalArgumentException.class, () -> store.get(RIGHT, b("a")));
    put(store, OTHER, "x", "2");
    store.close();
    store = open(List.of(OTHER, RIGHT));
    assertEquals(b("1"), store.get(RIGHT, b("a")));
    assertEquals(b("2"), store.get(OTHER, b("x")));
  }

  /// One way to run the store beside a plain sorted map, crashes included.
  private final class Model {
    private final Map<Column, NavigableMap<Bytes, Bytes>> expected =
        Map.of(LEFT, new TreeMap<>(), RIGHT, new TreeMap<>());

    private void writeSome(Choices choices, Durability durability) {
      WriteBatch batch = new WriteBatch();
      int size = choices.between(1, 6);
      for (int i = 0; i < size; i++) {
        Column column = choices.pick(COLUMNS);
        Bytes key = Bytes.wrap(choices.bytesUpTo(2));
        if (choices.oneIn(8)) {
          Bytes to = Bytes.concat(key, b("~"));
          batch.deleteRange(column, KeyRange.between(key, to));
          expected.get(column).subMap(key, to).clear();
        } else if (choices.oneIn(3)) {
          batch.delete(column, key);
          expected.get(column).remove(key);
        } else {
          Bytes value = Bytes.wrap(choices.bytesUpTo(3));
          batch.put(column, key, value);
          expected.get(column).put(key, value);
        }
      }
      store.write(batch, durability);
    }

    private void check() {
      for (Column column : COLUMNS) {
        NavigableMap<Bytes, Bytes> found = new TreeMap<>();
        try (Cursor cursor = store.range(column, KeyRange.ALL, Order.ASCENDING)) {
          while (cursor.next()) {
            found.put(cursor.key(), cursor.value());
          }
        }
        assertEquals(expected.get(column), found);
        List<Bytes> backwards = new ArrayList<>();
        try (Cursor cursor = store.range(column, KeyRange.ALL, Order.DESCENDING)) {
          while (cursor.next()) {
            backwards.add(cursor.key());
          }
        }
        assertEquals(List.copyOf(expected.get(column).descendingKeySet()), backwards);
      }
    }
  }

  @Test
  void behavesLikeSortedMapsAcrossCrashes() {
    Property.named("store behaves like sorted maps")
        .runs(25)
        .check(
            choices -> {
              store.close();
              erase();
              store = open(COLUMNS);
              Model model = new Model();
              int steps = choices.between(1, 30);
              for (int i = 0; i < steps; i++) {
                model.writeSome(choices, Durability.ASYNC);
                model.check();
                if (choices.oneIn(10)) {
                  model.writeSome(choices, Durability.SYNC);
                  crash();
                  store = open(COLUMNS);
                  model.check();
                }
              }
            });
  }

  @Test
  void crashLosesNoDurableBatchAndHalvesNone() {
    for (int i = 0; i < 20; i++) {
      Bytes key = Bytes.of((byte) i);
      WriteBatch batch = new WriteBatch().put(LEFT, key, key).put(RIGHT, key, key);
      store.write(batch, i < 12 ? Durability.SYNC : Durability.ASYNC);
    }
    crash();
    store = open(COLUMNS);
    boolean gone = false;
    for (int i = 0; i < 20; i++) {
      Bytes key = Bytes.of((byte) i);
      Bytes left = store.get(LEFT, key);
      assertEquals(left, store.get(RIGHT, key), "batch " + i + " is whole");
      assertFalse(i < 12 && left == null, "durable batch " + i + " is there");
      assertFalse(gone && left != null, "no batch survives one before it");
      gone = left == null;
    }
  }
}
