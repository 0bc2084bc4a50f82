package org.bitcloud.chain.state;

import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// A way to commit to all entries of the state by one hash, kept up to date step by step in nodes
/// that are stored beside the entries. Implementations hold no state and are safe for use by many
/// threads.
public interface StateCommitment {
  /// How many parts the positions of nodes fall into.
  int PARTS = 17;

  /// The name that a store notes down, so that nobody reads its nodes another way.
  String name();

  /// One stored piece of the commitment, immutable once handed to [Nodes].
  interface Node {
    /// The bytes that [StateCommitment#decode] reads back.
    Bytes encode();

    /// How much memory it takes, bytes, roughly.
    int memory();
  }

  /// Reads nodes by their position.
  @FunctionalInterface
  interface NodeReader {
    /// The node at a position, or null if there is none.
    @Nullable Node get(Bytes position);
  }

  /// Nodes by their position, open to change. Several threads may use them at once if each keeps to
  /// positions of a [#part] that no other uses.
  interface Nodes extends NodeReader {
    /// Sets the node at a position.
    void put(Bytes position, Node node);

    /// Removes the node at a position.
    void delete(Bytes position);
  }

  /// One entry that changes.
  ///
  /// @param keyHash the SHA-256 of the key
  /// @param valueHash the SHA-256 of the new value, or null if the entry goes
  record Change(Hash keyHash, @Nullable Hash valueHash) {}

  /// The root over all entries that the nodes stand for.
  Hash root(NodeReader nodes);

  /// Which of [#PARTS] a position belongs to.
  int part(Bytes position);

  /// Applies changes, which must be sorted by the hash of the key without repetition. The result is
  /// the same for any number of workers.
  void apply(Nodes nodes, List<Change> changes, Workers workers);

  /// The root over all given entries, computed from nothing; same order as in [#apply], values
  /// present.
  Hash rootOf(List<Change> entries);

  /// A proof of what is under a key.
  ///
  /// @param value the key's value, or null if there is none
  StateProof prove(NodeReader nodes, Bytes key, @Nullable Bytes value);

  /// Reads a stored node.
  ///
  /// @throws MalformedException if the bytes are not one that [Node#encode] wrote at that position
  Node decode(Bytes position, Bytes encoded) throws MalformedException;
}
