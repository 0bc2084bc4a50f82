package org.bitcloud.market.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.store.Column;
import org.bitcloud.store.CorruptStoreException;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/// The provider's contracts on disk: terms, newest revision, sector lists, older lists that may
/// still be challenged, and manifests by id.
///
/// Every change is one atomic batch that is durable when the method returns, so a crash leaves
/// either the old or the new revision, never a mixture. Methods that change an entry are called
/// with its lock held.
public final class ContractBook {
  private static final Column CONTRACTS = Column.of("contracts");
  private static final Column ROOTS = Column.raw("roots");
  private static final Column UNDOS = Column.raw("undos");
  private static final Column MANIFESTS = Column.raw("manifests");

  private final KeyValueStore store;
  private final Map<Hash, ContractEntry> entries = new ConcurrentHashMap<>();
  private final Map<Hash, ManifestPlace> manifests = new ConcurrentHashMap<>();

  /// Where the bytes of a manifest are.
  record ManifestPlace(Hash contract, Hash root, int length) {}

  private ContractBook(KeyValueStore store) {
    this.store = store;
  }

  /// The columns that the store must be opened with.
  public static List<Column> columns() {
    return List.of(CONTRACTS, ROOTS, UNDOS, MANIFESTS);
  }

  /// Reads everything that was written before.
  static ContractBook open(KeyValueStore store) {
    ContractBook book = new ContractBook(store);
    book.load();
    return book;
  }

  @Nullable ContractEntry entry(Hash id) {
    return entries.get(id);
  }

  Collection<ContractEntry> entries() {
    return entries.values();
  }

  @Nullable ManifestPlace manifest(Hash id) {
    return manifests.get(id);
  }

  int manifestCount() {
    return manifests.size();
  }

  /// Adds a contract whose terms were just signed.
  void add(ContractEntry entry) {
    write(new WriteBatch().put(CONTRACTS, entry.id.bytes(), BookCodec.encode(entry)));
    entries.put(entry.id, entry);
  }

  /// Keeps what changed outside of the sector list: state, posted and frozen numbers.
  void update(ContractEntry entry) {
    write(new WriteBatch().put(CONTRACTS, entry.id.bytes(), BookCodec.encode(entry)));
  }

  /// Keeps a new newest revision, which the entry already holds, with its change of the list.
  void revise(ContractEntry entry, Undo undo, List<Hash> appended) {
    WriteBatch batch = new WriteBatch();
    batch.put(CONTRACTS, entry.id.bytes(), BookCodec.encode(entry));
    batch.put(UNDOS, key(entry.id, undo.number()), BookCodec.encode(undo));
    for (int i = 0; i < appended.size(); i++) {
      batch.put(ROOTS, key(entry.id, undo.keep() + i), appended.get(i).bytes());
    }
    int before = undo.keep() + undo.removed().size();
    for (int i = entry.tree.size(); i < before; i++) {
      batch.delete(ROOTS, key(entry.id, i));
    }
    write(batch);
  }

  /// Forgets the lists of revisions below the frozen one, which nobody can challenge any more.
  ///
  /// @return the undo records forgotten
  List<Undo> forgetBelow(ContractEntry entry, long frozen) {
    List<Undo> forgotten = new ArrayList<>();
    while (!entry.undos.isEmpty() && entry.undos.getFirst().number() < frozen) {
      forgotten.add(entry.undos.removeFirst());
    }
    entry.frozen = frozen;
    WriteBatch batch = new WriteBatch();
    batch.put(CONTRACTS, entry.id.bytes(), BookCodec.encode(entry));
    forgotten.forEach(undo -> batch.delete(UNDOS, key(entry.id, undo.number())));
    write(batch);
    return forgotten;
  }

  /// Makes a manifest findable by its id.
  void mark(Hash id, ManifestPlace place) {
    write(new WriteBatch().put(MANIFESTS, id.bytes(), BookCodec.encode(place)));
    manifests.put(id, place);
  }

  /// Removes a contract with all it had.
  void remove(ContractEntry entry) {
    WriteBatch batch = new WriteBatch();
    batch.delete(CONTRACTS, entry.id.bytes());
    for (int i = 0; i < entry.tree.size(); i++) {
      batch.delete(ROOTS, key(entry.id, i));
    }
    entry.undos.forEach(undo -> batch.delete(UNDOS, key(entry.id, undo.number())));
    List<Hash> gone =
        manifests.entrySet().stream()
            .filter(e -> e.getValue().contract().equals(entry.id))
            .map(Map.Entry::getKey)
            .toList();
    gone.forEach(id -> batch.delete(MANIFESTS, id.bytes()));
    write(batch);
    gone.forEach(manifests::remove);
    entries.remove(entry.id);
  }

  private void write(WriteBatch batch) {
    store.write(batch, Durability.SYNC);
  }

  private void load() {
    try (Cursor cursor = store.prefix(CONTRACTS, Bytes.EMPTY)) {
      while (cursor.next()) {
        Hash id = new Hash(cursor.key().compact());
        entries.put(id, loadEntry(id, cursor.value()));
      }
    }
    try (Cursor cursor = store.prefix(MANIFESTS, Bytes.EMPTY)) {
      while (cursor.next()) {
        manifests.put(new Hash(cursor.key().compact()), BookCodec.decodePlace(cursor.value()));
      }
    } catch (MalformedException e) {
      throw corrupt("manifest index", e);
    }
  }

  private ContractEntry loadEntry(Hash id, Bytes value) {
    ContractTree tree = new ContractTree();
    try (Cursor cursor = store.prefix(ROOTS, id.bytes())) {
      while (cursor.next()) {
        tree.append(new Hash(cursor.value().compact()));
      }
    }
    try (Cursor cursor = store.prefix(UNDOS, id.bytes())) {
      ContractEntry entry = BookCodec.decodeEntry(id, value, tree);
      while (cursor.next()) {
        entry.undos.add(BookCodec.decodeUndo(cursor.value()));
      }
      check(entry);
      return entry;
    } catch (MalformedException e) {
      throw corrupt("contract " + id, e);
    }
  }

  private static void check(ContractEntry entry) throws MalformedException {
    if (entry.newest != null && !entry.newest.revision().root().equals(entry.tree.root())) {
      throw new MalformedException("sector list does not have the root of the newest revision");
    }
  }

  private static CorruptStoreException corrupt(String what, MalformedException e) {
    return new CorruptStoreException("the provider's book is damaged at " + what, e);
  }

  private static Bytes key(Hash id, long number) {
    byte[] key = new byte[Hash.SIZE + Long.BYTES];
    id.copyTo(key, 0);
    for (int i = 0; i < Long.BYTES; i++) {
      key[Hash.SIZE + i] = (byte) (number >>> (8 * (Long.BYTES - 1 - i)));
    }
    return Bytes.wrap(key);
  }
}
