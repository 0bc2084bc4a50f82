package org.bitcloud.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.Column;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.Order;
import org.bitcloud.store.StoreReader;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/// The chain's columns: what is under which key, and nothing else. Blocks and receipts are kept by
/// hash, also those of abandoned branches; heights, transactions and blooms index the committed
/// line alone.
final class ChainStore {
  private static final Column META = Column.of("chain");
  private static final Column HEADERS = Column.of("headers");
  private static final Column BODIES = Column.of("bodies");
  private static final Column RECEIPTS = Column.of("receipts");
  private static final Column HEIGHTS = Column.of("heights");
  private static final Column TRANSACTIONS = Column.of("transactions");
  private static final Column BLOOMS = Column.of("blooms");
  private static final Column CERTIFICATES = Column.of("certificates");
  private static final Column ENGINE = Column.of("engine");

  /* Longer than any key, and all ones. */
  private static final Bytes AFTER_ALL = afterAll();

  private static final Bytes GENESIS_KEY = Bytes.ofUtf8("genesis");
  private static final Bytes HALF_KEY = Bytes.ofUtf8("half");
  private static final Bytes OLDEST_KEY = Bytes.ofUtf8("oldest");
  private static final Bytes POINTERS_KEY = Bytes.ofUtf8("pointers");

  private ChainStore() {}

  /// The three tags as stored.
  record Pointers(Hash head, Hash safe, Hash finalized) {}

  static List<Column> columns() {
    return List.of(
        META, HEADERS, BODIES, RECEIPTS, HEIGHTS, TRANSACTIONS, BLOOMS, CERTIFICATES, ENGINE);
  }

  // ---- reading ----

  static Optional<Bytes> genesis(StoreReader store) {
    return Optional.ofNullable(store.get(META, GENESIS_KEY));
  }

  static Optional<Pointers> pointers(StoreReader store) {
    Bytes value = store.get(META, POINTERS_KEY);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        intact(
            "head pointers",
            () -> {
              RlpReader in = RlpReader.of(value);
              in.enterList();
              Pointers pointers = new Pointers(in.readHash(), in.readHash(), in.readHash());
              in.leaveList();
              in.end();
              return pointers;
            }));
  }

  static Optional<BlockHeader> header(StoreReader store, Hash hash) {
    return sealedHeader(store, hash).map(SealedHeader::header);
  }

  static Optional<SealedHeader> sealedHeader(StoreReader store, Hash hash) {
    return Optional.ofNullable(store.get(HEADERS, hash.bytes())).map(ChainStore::sealed);
  }

  static Optional<Block> block(StoreReader store, Hash hash) {
    Bytes head = store.get(HEADERS, hash.bytes());
    Bytes body = head == null ? null : store.get(BODIES, hash.bytes());
    if (head == null || body == null) {
      return Optional.empty();
    }
    SealedHeader sealed = sealed(head);
    return Optional.of(
        new Block(sealed.header(), sealed.proof(), intact("body", () -> BlockBody.decode(body))));
  }

  static Optional<List<Receipt>> receipts(StoreReader store, Hash block) {
    Bytes value = store.get(RECEIPTS, block.bytes());
    return value == null
        ? Optional.empty()
        : Optional.of(intact("receipts", () -> Receipt.decodeAll(value)));
  }

  static Optional<Hash> hashAt(StoreReader store, Height height) {
    Bytes value = store.get(HEIGHTS, heightKey(height));
    return value == null ? Optional.empty() : Optional.of(new Hash(value));
  }

  static Optional<TransactionLocation> transaction(StoreReader store, Hash transaction) {
    Bytes value = store.get(TRANSACTIONS, transaction.bytes());
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        intact(
            "transaction index",
            () -> {
              RlpReader in = RlpReader.of(value);
              in.enterList();
              TransactionLocation location =
                  new TransactionLocation(
                      in.readHash(), new Height(in.readNumber()), Math.toIntExact(in.readNumber()));
              in.leaveList();
              in.end();
              return location;
            }));
  }

  /// The lowest height above genesis from which on every committed block and its receipts are
  /// there.
  static Height oldestBlock(StoreReader store) {
    Bytes value = store.get(META, OLDEST_KEY);
    return value == null ? Height.GENESIS.next() : new Height(value.asByteBuffer().getLong());
  }

  static Optional<Bytes> certificate(StoreReader store, Hash block) {
    return Optional.ofNullable(store.get(CERTIFICATES, block.bytes()));
  }

  static Optional<Bytes> sideData(StoreReader store, Bytes key) {
    return Optional.ofNullable(store.get(ENGINE, key));
  }

  /// Heights in a range whose bloom may match, ascending; heights without logs are never looked at.
  static List<Height> heightsWithLogs(StoreReader store, LogFilter filter) {
    List<Height> heights = new ArrayList<>();
    KeyRange range = KeyRange.between(heightKey(filter.from()), heightKey(filter.to().next()));
    try (Cursor cursor = store.range(BLOOMS, range, Order.ASCENDING)) {
      while (cursor.next()) {
        if (filter.mayMatch(cursor.value())) {
          heights.add(new Height(cursor.key().asByteBuffer().getLong()));
        }
      }
    }
    return heights;
  }

  /// Whether a state from elsewhere is being brought in, or was and never came to its end.
  static boolean isHalf(StoreReader store) {
    return store.get(META, HALF_KEY) != null;
  }

  // ---- writing ----

  static void markHalf(WriteBatch batch) {
    batch.put(META, HALF_KEY, Bytes.EMPTY);
  }

  static void unmarkHalf(WriteBatch batch) {
    batch.delete(META, HALF_KEY);
  }

  /// Removes all that a column holds.
  static void clear(WriteBatch batch, Column column) {
    batch.deleteRange(column, KeyRange.between(Bytes.EMPTY, AFTER_ALL));
  }

  static void putGenesis(WriteBatch batch, Bytes record) {
    batch.put(META, GENESIS_KEY, record);
  }

  static void putPointers(WriteBatch batch, Pointers pointers) {
    batch.put(
        META,
        POINTERS_KEY,
        RlpWriter.encode(
            out -> {
              out.beginList();
              out.hash(pointers.head());
              out.hash(pointers.safe());
              out.hash(pointers.finalized());
              out.endList();
            }));
  }

  static void putBlock(WriteBatch batch, ExecutedBlock executed) {
    Block block = executed.block();
    Bytes key = executed.hash().bytes();
    putHeader(batch, executed.hash(), new SealedHeader(block.header(), block.sealProof()));
    batch.put(BODIES, key, block.body().encode());
    batch.put(RECEIPTS, key, Receipt.encodeAll(executed.receipts()));
  }

  /// Removes the body, receipts and bloom of a committed block; header and index entries stay.
  static void deleteBody(WriteBatch batch, Height height, Hash block) {
    batch.delete(BODIES, block.bytes());
    batch.delete(RECEIPTS, block.bytes());
    batch.delete(BLOOMS, heightKey(height));
  }

  static void putOldestBlock(WriteBatch batch, Height height) {
    batch.put(META, OLDEST_KEY, heightKey(height));
  }

  static void putHeader(WriteBatch batch, Hash hash, SealedHeader header) {
    batch.put(HEADERS, hash.bytes(), header.encode());
  }

  static void putHeight(WriteBatch batch, Height height, Hash hash) {
    batch.put(HEIGHTS, heightKey(height), hash.bytes());
  }

  static void putIndex(WriteBatch batch, ExecutedBlock executed) {
    BlockHeader header = executed.block().header();
    Bytes height = heightKey(header.height());
    putHeight(batch, header.height(), executed.hash());
    if (executed.receipts().stream().anyMatch(receipt -> !receipt.logs().isEmpty())) {
      batch.put(BLOOMS, height, header.logsBloom());
    }
    int index = 0;
    for (SignedTransaction transaction : executed.block().body().transactions()) {
      int place = index++;
      batch.put(
          TRANSACTIONS,
          transaction.hash().bytes(),
          RlpWriter.encode(
              out -> {
                out.beginList();
                out.hash(executed.hash());
                out.number(header.height().value());
                out.number(place);
                out.endList();
              }));
    }
  }

  static void deleteIndex(WriteBatch batch, Block block) {
    Bytes height = heightKey(block.height());
    batch.delete(HEIGHTS, height);
    batch.delete(BLOOMS, height);
    for (SignedTransaction transaction : block.body().transactions()) {
      batch.delete(TRANSACTIONS, transaction.hash().bytes());
    }
  }

  static void putCertificate(WriteBatch batch, Hash block, Bytes certificate) {
    batch.put(CERTIFICATES, block.bytes(), certificate);
  }

  static void putSideData(WriteBatch batch, Map<Bytes, Optional<Bytes>> entries) {
    entries.forEach(
        (key, value) ->
            value.ifPresentOrElse(
                bytes -> batch.put(ENGINE, key, bytes), () -> batch.delete(ENGINE, key)));
  }

  private static SealedHeader sealed(Bytes value) {
    return intact("header", () -> SealedHeader.decode(value));
  }

  private static Bytes afterAll() {
    byte[] ones = new byte[StateStore.KEY_SIZE_MAX + 1];
    Arrays.fill(ones, (byte) 0xff);
    return Bytes.wrap(ones);
  }

  private static Bytes heightKey(Height height) {
    byte[] key = new byte[Long.BYTES];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (height.value() >>> (56 - 8 * i));
    }
    return Bytes.wrap(key);
  }

  private interface Decoder<T> {
    T decode() throws MalformedException;
  }

  /* What we wrote ourselves must read back; if not, the store is damaged below its own checks. */
  private static <T> T intact(String what, Decoder<T> decoder) {
    try {
      return decoder.decode();
    } catch (MalformedException e) {
      throw new ChainException("the stored " + what + " is damaged; restore this directory", e);
    }
  }

  static <T> T present(@Nullable T value, String what) {
    if (value == null) {
      throw new ChainException("the store lacks " + what + "; restore this directory");
    }
    return value;
  }
}
