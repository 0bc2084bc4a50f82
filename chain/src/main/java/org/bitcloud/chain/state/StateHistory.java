package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.store.Column;
import org.bitcloud.store.CorruptStoreException;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.Order;
import org.bitcloud.store.StoreReader;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/// What each block overwrote: read to look back in time, and to undo blocks.
///
/// One column maps (hash of the key, height) to the key and its value before that block; so the
/// value at an older height is in the first entry above it. Another maps a height to the root
/// before it and the hashes of all keys that it changed.
final class StateHistory {
  static final Column VALUES = Column.of("state-history");
  static final Column CHANGES = Column.raw("state-changes");

  private static final int KEY_SIZE = Hash.SIZE + Long.BYTES;

  private StateHistory() {}

  /// What the block of one height overwrote.
  ///
  /// @param root the root before the block
  /// @param keyHashes the hashes of the keys it changed
  record Undone(Hash root, List<Hash> keyHashes) {}

  /// One overwritten entry.
  record Old(Bytes key, @Nullable Bytes value) {}

  /// A value at an older height; `found` is false if it has not changed since.
  record Past(boolean found, @Nullable Bytes value) {}

  static void write(
      WriteBatch batch, Height height, Hash before, Map<Bytes, StateDelta.ValueChange> changes) {
    byte[] record = new byte[Math.multiplyExact(Hash.SIZE, 1 + changes.size())];
    before.copyTo(record, 0);
    int at = Hash.SIZE;
    for (Map.Entry<Bytes, StateDelta.ValueChange> entry : changes.entrySet()) {
      StateDelta.ValueChange change = entry.getValue();
      change.keyHash().copyTo(record, at);
      at += Hash.SIZE;
      RlpWriter writer = new RlpWriter().beginList().bytes(entry.getKey());
      Bytes old = change.before();
      if (old != null) {
        writer.bytes(old);
      }
      batch.put(VALUES, key(change.keyHash(), height), writer.endList().toBytes());
    }
    batch.put(CHANGES, big(height), Bytes.wrap(record));
  }

  static void erase(WriteBatch batch, Height height, Undone undone) {
    for (Hash keyHash : undone.keyHashes) {
      batch.delete(VALUES, key(keyHash, height));
    }
    batch.delete(CHANGES, big(height));
  }

  /// The record of a height whose block can still be undone.
  static Undone undone(StoreReader store, Height height) {
    Bytes stored = store.get(CHANGES, big(height));
    if (stored == null || stored.size() % Hash.SIZE != 0 || stored.isEmpty()) {
      throw damaged(height, null);
    }
    List<Hash> hashes = new ArrayList<>(stored.size() / Hash.SIZE);
    for (int at = Hash.SIZE; at < stored.size(); at += Hash.SIZE) {
      hashes.add(new Hash(stored.slice(at, Hash.SIZE)));
    }
    return new Undone(new Hash(stored.slice(0, Hash.SIZE)), hashes);
  }

  /// The entries that a height overwrote.
  static List<Old> overwritten(StoreReader store, Height height, Undone undone) {
    List<Bytes> keys = new ArrayList<>(undone.keyHashes.size());
    for (Hash keyHash : undone.keyHashes) {
      keys.add(key(keyHash, height));
    }
    List<Old> entries = new ArrayList<>(keys.size());
    for (Bytes stored : store.getAll(VALUES, keys)) {
      if (stored == null) {
        throw damaged(height, null);
      }
      entries.add(decode(stored, height));
    }
    return entries;
  }

  /// The value that a key had at a height below the head.
  static Past valueAt(StoreReader store, Hash keyHash, Height height) {
    KeyRange above = KeyRange.between(key(keyHash, height.next()), after(keyHash));
    try (Cursor cursor = store.range(VALUES, above, Order.ASCENDING)) {
      return cursor.next()
          ? new Past(true, decode(cursor.value(), height).value)
          : new Past(false, null);
    }
  }

  private static Old decode(Bytes stored, Height height) {
    try {
      RlpReader reader = RlpReader.of(stored);
      reader.enterList();
      Bytes key = reader.readBytes(StateStore.KEY_SIZE_MAX);
      Bytes value = reader.hasNext() ? reader.readBytes(StateStore.VALUE_SIZE_MAX) : null;
      reader.leaveList();
      reader.end();
      return new Old(key, value);
    } catch (MalformedException e) {
      throw damaged(height, e);
    }
  }

  private static CorruptStoreException damaged(Height height, @Nullable MalformedException cause) {
    return new CorruptStoreException("the undo data of height " + height + " is damaged", cause);
  }

  private static Bytes big(Height height) {
    byte[] bytes = new byte[Long.BYTES];
    append(height, bytes, 0);
    return Bytes.wrap(bytes);
  }

  private static Bytes key(Hash keyHash, Height height) {
    byte[] bytes = new byte[KEY_SIZE];
    keyHash.copyTo(bytes, 0);
    append(height, bytes, Hash.SIZE);
    return Bytes.wrap(bytes);
  }

  /// After every entry of a key: heights are not negative, so none starts with eight one bits.
  private static Bytes after(Hash keyHash) {
    byte[] bytes = new byte[Hash.SIZE + 1];
    keyHash.copyTo(bytes, 0);
    bytes[Hash.SIZE] = (byte) 0xff;
    return Bytes.wrap(bytes);
  }

  private static void append(Height height, byte[] target, int offset) {
    for (int i = 0; i < Long.BYTES; i++) {
      target[offset + i] = (byte) (height.value() >>> (56 - 8 * i));
    }
  }
}
