package org.bitcloud.contracts.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.CorporationState;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// The corporation's entries as values; the first byte of a key names the kind.
record Entries(CorporationState state) {
  private static final Bytes PARAMETERS = Bytes.of((byte) 'P');
  private static final byte COMMITMENT = 'c';
  private static final byte NAME = 'n';
  private static final byte RECORD_KEYS = 'k';
  private static final byte RECORD = 'r';

  NamingParameters parameters() {
    return state.expect(PARAMETERS, "parameters", NamingParameters::decode);
  }

  void setParameters(NamingParameters parameters) {
    state.write(PARAMETERS, parameters.encode());
  }

  /// When a sender committed; empty if it did not.
  Optional<Long> committedMillis(Address sender, Hash commitment) {
    return state.find(commitmentKey(sender, commitment), "commitment", Entries::toNumber);
  }

  void commit(Address sender, Hash commitment, long nowMillis) {
    state.write(commitmentKey(sender, commitment), u64(nowMillis));
  }

  void forget(Address sender, Hash commitment) {
    state.delete(commitmentKey(sender, commitment));
  }

  Optional<Name> name(String label) {
    return state.find(nameKey(Label.id(label)), "name", Name::decode);
  }

  void set(Name name) {
    state.write(nameKey(name.id()), name.encode());
  }

  /// The keys of a name's records, in the order in which they were first set.
  List<String> recordKeys(Name name) {
    return state.find(recordKeysKey(name), "keys of records", Entries::toKeys).orElse(List.of());
  }

  void setRecordKeys(Name name, List<String> keys) {
    if (keys.isEmpty()) {
      state.delete(recordKeysKey(name));
      return;
    }
    RlpWriter writer = new RlpWriter().beginList();
    keys.forEach(writer::text);
    state.write(recordKeysKey(name), writer.endList().toBytes());
  }

  /// A record's value; empty bytes if there is none.
  Bytes record(Name name, String key) {
    @Nullable Bytes stored = state.read(recordKey(name, key));
    return stored == null ? Bytes.EMPTY : stored;
  }

  void setRecord(Name name, NameRecord record) {
    state.write(recordKey(name, record.key()), record.value());
  }

  void removeRecord(Name name, String key) {
    state.delete(recordKey(name, key));
  }

  private static Bytes commitmentKey(Address sender, Hash commitment) {
    return Bytes.concat(Bytes.of(COMMITMENT), sender.bytes(), commitment.bytes());
  }

  private static Bytes nameKey(Hash id) {
    return Bytes.concat(Bytes.of(NAME), id.bytes());
  }

  private static Bytes recordKeysKey(Name name) {
    return Bytes.concat(Bytes.of(RECORD_KEYS), name.id().bytes(), u64(name.generation()));
  }

  private static Bytes recordKey(Name name, String key) {
    return Bytes.concat(
        Bytes.of(RECORD), name.id().bytes(), u64(name.generation()), Bytes.ofUtf8(key));
  }

  private static Bytes u64(long number) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (number >>> (8 * (Long.BYTES - 1 - i)));
    }
    return Bytes.wrap(bytes);
  }

  private static long toNumber(Bytes stored) throws MalformedException {
    if (stored.size() != Long.BYTES) {
      throw new MalformedException("not a number of 8 bytes");
    }
    return stored.asByteBuffer().getLong();
  }

  private static List<String> toKeys(Bytes stored) throws MalformedException {
    RlpReader in = RlpReader.of(stored);
    List<String> keys = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      keys.add(in.readText(NameRecord.KEY_LENGTH_MAX));
    }
    in.leaveList();
    in.end();
    return List.copyOf(keys);
  }
}
