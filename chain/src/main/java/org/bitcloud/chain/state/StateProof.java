package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// Shows, to somebody who has only a state root, which value a key has, or that it has none.
///
/// @param bits the index of each branching bit on the way down, one byte each, strictly rising
/// @param siblings the hash of the other side at each branching
/// @param ending where the way ends
public record StateProof(Bytes bits, List<Hash> siblings, Ending ending) {
  /// Branchings on a way: a hash has no more bits.
  private static final int STEPS_MAX = 8 * Hash.SIZE;

  private static final int SIZE_MAX = StateStore.VALUE_SIZE_MAX + 64 * STEPS_MAX;

  /// Copies the list.
  public StateProof {
    siblings = List.copyOf(siblings);
  }

  /// Where a lookup ends.
  public sealed interface Ending {}

  /// The state is empty.
  public record Nothing() implements Ending {}

  /// The key is there.
  ///
  /// @param value its value
  public record Present(Bytes value) implements Ending {}

  /// The key is not there: its way ends at another one.
  ///
  /// @param keyHash the SHA-256 of the other key
  /// @param valueHash the SHA-256 of the other key's value
  public record OtherLeaf(Hash keyHash, Hash valueHash) implements Ending {}

  /// The value of a key under a root, or nothing if the proof shows that there is none.
  ///
  /// @throws MalformedException if the proof shows nothing about the key under that root
  public Optional<Bytes> verify(Hash root, Bytes key) throws MalformedException {
    if (bits.size() != siblings.size() || bits.size() > STEPS_MAX) {
      throw new MalformedException("a state proof has one sibling for each branching bit");
    }
    Hash keyHash = Sha256.hash(key);
    return switch (ending) {
      case Nothing _ -> {
        require(bits.isEmpty() && root.isZero(), "the root is not that of an empty state");
        yield Optional.empty();
      }
      case Present(Bytes value) -> {
        checkLeaf(root, keyHash, keyHash, Sha256.hash(value));
        yield Optional.of(value);
      }
      case OtherLeaf(Hash otherKey, Hash otherValue) -> {
        require(!otherKey.equals(keyHash), "the leaf shown for absence is the key's own");
        checkLeaf(root, keyHash, otherKey, otherValue);
        yield Optional.empty();
      }
    };
  }

  /// Checks that the root holds a leaf and that the lookup of the asked key ends there.
  private void checkLeaf(Hash root, Hash askedKey, Hash leafKey, Hash leafValue)
      throws MalformedException {
    byte[] asked = askedKey.toArray();
    byte[] other = leafKey.toArray();
    byte[] leaf = new byte[LeafHasher.LEAF];
    leafKey.copyTo(leaf, 0);
    leafValue.copyTo(leaf, Hash.SIZE);
    LeafHasher hasher = new LeafHasher();
    byte[] hash = new byte[Hash.SIZE];
    hasher.leaf(leaf, 0, hash, 0);
    byte[] children = new byte[2 * Hash.SIZE];
    int below = STEPS_MAX;
    for (int i = bits.size() - 1; i >= 0; i--) {
      int bit = bits.unsigned(i);
      require(bit < below, "branching bits must rise");
      below = bit;
      boolean right = LeafHasher.bit(asked, 0, bit);
      require(right == LeafHasher.bit(other, 0, bit), "the leaf is not on the way of the key");
      System.arraycopy(hash, 0, children, right ? Hash.SIZE : 0, Hash.SIZE);
      siblings.get(i).copyTo(children, right ? 0 : Hash.SIZE);
      hasher.inner(bit, children, 0, hash, 0);
    }
    require(root.equals(Hash.wrap(hash)), "the proof leads to another root");
  }

  private static void require(boolean condition, String message) throws MalformedException {
    if (!condition) {
      throw new MalformedException("state proof: " + message);
    }
  }

  /// RLP: branching bits, list of siblings, and the ending as a list of none (empty state), one
  /// (the value) or two items (hashes of the other key and its value).
  public Bytes encode() {
    RlpWriter writer = new RlpWriter();
    writer.beginList().bytes(bits).beginList();
    siblings.forEach(writer::hash);
    writer.endList().beginList();
    switch (ending) {
      case Nothing _ -> {
        // The empty list says it.
      }
      case Present(Bytes value) -> writer.bytes(value);
      case OtherLeaf(Hash keyHash, Hash valueHash) -> writer.hash(keyHash).hash(valueHash);
    }
    return writer.endList().endList().toBytes();
  }

  /// Reads what [#encode] wrote; says nothing yet about its truth.
  ///
  /// @throws MalformedException if the bytes are anything else
  public static StateProof decode(Bytes encoded) throws MalformedException {
    RlpReader reader = RlpReader.of(encoded, new RlpReader.Limits(SIZE_MAX, 2));
    reader.enterList();
    Bytes bits = reader.readBytes(STEPS_MAX);
    reader.enterList();
    List<Hash> siblings = new ArrayList<>();
    while (reader.hasNext()) {
      require(siblings.size() < bits.size(), "more siblings than branching bits");
      siblings.add(reader.readHash());
    }
    reader.leaveList();
    require(siblings.size() == bits.size(), "fewer siblings than branching bits");
    reader.enterList();
    Ending ending = ending(reader);
    reader.leaveList();
    reader.leaveList();
    reader.end();
    return new StateProof(bits, siblings, ending);
  }

  private static Ending ending(RlpReader reader) throws MalformedException {
    if (!reader.hasNext()) {
      return new Nothing();
    }
    Bytes first = reader.readBytes(StateStore.VALUE_SIZE_MAX);
    if (!reader.hasNext()) {
      return new Present(first);
    }
    require(first.size() == Hash.SIZE, "a hash has 32 bytes");
    return new OtherLeaf(new Hash(first), reader.readHash());
  }
}
