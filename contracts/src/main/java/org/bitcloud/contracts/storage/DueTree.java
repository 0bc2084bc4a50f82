package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Amount;

/// What each slot of a provider pays for a window, with sums above it: draws and changes take O(log
/// slots).
///
/// A binary tree over the slots, of which only left children are stored: the root is in the
/// provider's books, and a right child is what the left one leaves of their parent.
final class DueTree {
  private final Entries entries;
  private final ProviderState provider;

  DueTree(Entries entries, ProviderState provider) {
    this.entries = entries;
    this.provider = provider;
  }

  /// Grows the tree until the slot has a leaf in it.
  void include(long slot) {
    while (slot >= 1L << provider.depth) {
      // The old root becomes the left child of the new one, which begins as its equal.
      if (!provider.due.isZero()) {
        entries.setNode(provider, provider.depth, 0, provider.due);
      }
      provider.depth++;
    }
  }

  /// Changes what a slot pays from a window on.
  void change(long slot, long window, Amount oldDue, Amount newDue) {
    provider.due = provider.due.changed(window, oldDue, newDue);
    for (int level = 0; level < provider.depth; level++) {
      long index = slot >> level;
      if (index % 2 == 0) {
        Timeline node = entries.node(provider, level, index);
        entries.setNode(provider, level, index, node.changed(window, oldDue, newDue));
      }
    }
  }

  /// The slot that a point below the window's sum falls into.
  long find(Amount point, long window) {
    long index = 0;
    Amount rest = point;
    for (int level = provider.depth - 1; level >= 0; level--) {
      Amount left = entries.node(provider, level, 2 * index).at(window);
      if (rest.compareTo(left) < 0) {
        index = 2 * index;
      } else {
        rest = rest.minus(left);
        index = 2 * index + 1;
      }
    }
    return index;
  }
}
