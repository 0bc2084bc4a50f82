package org.bitcloud.consensus.branch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.consensus.ledger.Score;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// The accepted blocks of all branches above some height: how they hang together and how good they
/// are.
final class HeaderTree {
  private final Map<Hash, Node> nodes = new HashMap<>();

  /// One block.
  record Node(BlockRef ref, BlockHeader header, Score score) {}

  Node add(BlockHeader header, Score score) {
    BlockRef ref = header.ref();
    Node node = new Node(ref, header, score);
    nodes.put(ref.hash(), node);
    return node;
  }

  Optional<Node> find(Hash block) {
    return Optional.ofNullable(nodes.get(block));
  }

  /// The ancestor so many blocks below `tip`, or the lowest that is known.
  Node ancestor(Node tip, int depth) {
    return down(tip, tip.ref().height().value() - depth);
  }

  /// The lowest known block of the line of `tip` that is not below `height`.
  private Node down(Node tip, long height) {
    Node at = tip;
    while (at.ref().height().value() > height) {
      @Nullable Node parent = nodes.get(at.header().parent());
      if (parent == null) {
        return at;
      }
      at = parent;
    }
    return at;
  }

  /// Where the line of `tip` stands to `block`: whether it goes through it, or, when it cannot be
  /// told, empty.
  Optional<Boolean> passes(Node tip, BlockRef block) {
    Node at = down(tip, block.height().value());
    if (at.ref().height().value() > block.height().value()) {
      return Optional.empty();
    }
    return Optional.of(at.ref().equals(block));
  }

  /// The parent that is missing to tell more about the line of `tip`.
  Hash missing(Node tip) {
    return down(tip, 0).header().parent();
  }

  /// Forgets the blocks below a height.
  void prune(long height) {
    nodes.values().removeIf(node -> node.ref().height().value() < height);
  }
}
