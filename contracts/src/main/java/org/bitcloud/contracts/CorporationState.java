package org.bitcloud.contracts;

import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// The entries of one corporation, which no other corporation can touch.
///
/// In a call every access is charged before it happens.
public interface CorporationState {
  /// The value of an entry, or null when there is none.
  @Nullable Bytes read(Bytes key);

  /// Sets an entry.
  void write(Bytes key, Bytes value);

  /// Removes an entry; nothing happens when there is none.
  void delete(Bytes key);

  /// Reads what a corporation wrote itself.
  @FunctionalInterface
  interface Decoder<T> {
    /// The value of an entry.
    T decode(Bytes stored) throws MalformedException;
  }

  /// The value of an entry, decoded; empty when there is none.
  ///
  /// @param what the entry in words, should it be damaged
  default <T> Optional<T> find(Bytes key, String what, Decoder<T> decoder) {
    @Nullable Bytes stored = read(key);
    if (stored == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(stored));
    } catch (MalformedException e) {
      throw new CorruptStateException(what, e);
    }
  }

  /// The value of an entry that must be there, decoded.
  ///
  /// @param what the entry in words, should it be missing or damaged
  default <T> T expect(Bytes key, String what, Decoder<T> decoder) {
    Optional<T> value = find(key, what, decoder);
    Invariant.check(value.isPresent(), "entry is missing: " + what);
    return value.get();
  }
}
