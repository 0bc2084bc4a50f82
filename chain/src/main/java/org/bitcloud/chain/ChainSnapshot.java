package org.bitcloud.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// What a node needs besides the state to go on from a block without those before it.
///
/// @param below headers just below the block, oldest first, each the parent of the next
/// @param block the block after which the state is
/// @param certificate its proof of finality
/// @param receipts its stored receipts
public record ChainSnapshot(
    List<SealedHeader> below, Block block, Optional<Bytes> certificate, List<Receipt> receipts) {
  /// Most headers below the block: what an engine looks back at.
  public static final int HEADERS_MAX = 256;

  /// Takes unmodifiable copies.
  public ChainSnapshot {
    below = List.copyOf(below);
    receipts = List.copyOf(receipts);
  }

  /// Takes a snapshot's blocks from a chain.
  ///
  /// @throws ChainException when a part of them is not kept
  public static ChainSnapshot of(ChainView chain, Height height) {
    Block block = chain.blockAt(height).orElseThrow(() -> new ChainException("no block " + height));
    Hash hash = block.hash();
    List<SealedHeader> below = new ArrayList<>();
    Hash parent = block.header().parent();
    for (long left = Math.min(HEADERS_MAX, height.value() - 1); left > 0; left--) {
      Optional<SealedHeader> header = chain.sealedHeader(parent);
      if (header.isEmpty()) {
        break; // this chain began with a snapshot itself
      }
      below.addFirst(header.get());
      parent = header.get().header().parent();
    }
    return new ChainSnapshot(
        below, block, chain.certificate(hash), chain.receipts(hash).orElse(List.of()));
  }

  /// Says what in these blocks contradicts itself; empty when all fit together.
  Optional<String> contradiction() {
    BlockHeader child = block.header();
    if (!child.roots().transactions().equals(block.body().transactionsRoot())
        || !child.roots().attestations().equals(block.body().attestationsRoot())) {
      return Optional.of("the lists are not those of the block");
    }
    if (!child.roots().receipts().equals(Receipt.root(receipts))) {
      return Optional.of("the receipts are not those of the block");
    }
    for (SealedHeader header : below.reversed()) {
      if (!child.parent().equals(header.header().hash())
          || !child.height().equals(header.header().height().next())) {
        return Optional.of("header " + header.header().height() + " is not the parent of the next");
      }
      child = header.header();
    }
    return child.height().value() > Math.max(1, block.height().value() - HEADERS_MAX)
        ? Optional.of("headers below " + child.height() + " are missing")
        : Optional.empty();
  }
}
