package org.bitcloud.chain.state;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.jspecify.annotations.Nullable;

/// One entry that sealing changes, with the hashes that its leaf is made of.
record ChangedEntry(
    Bytes key, StateDelta.ValueChange change, StateCommitment.Change hashes, long order)
    implements Comparable<ChangedEntry> {
  static ChangedEntry of(Bytes key, @Nullable Bytes before, @Nullable Bytes after) {
    Hash keyHash = Sha256.hash(key);
    return new ChangedEntry(
        key,
        new StateDelta.ValueChange(keyHash, before, after),
        new StateCommitment.Change(keyHash, after == null ? null : Sha256.hash(after)),
        keyHash.bytes().asByteBuffer().getLong() ^ Long.MIN_VALUE);
  }

  // The first eight bytes, made to compare as unsigned, nearly always decide.
  @Override
  public int compareTo(ChangedEntry other) {
    return order != other.order
        ? Long.compare(order, other.order)
        : hashes.keyHash().compareTo(other.hashes.keyHash());
  }
}
