package org.bitcloud.chain.state;

import java.util.Arrays;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.jspecify.annotations.Nullable;

/// The path-compressed binary Merkle tree over the SHA-256 of keys, as `docs/spec/state.md` fixes
/// it, stored in pages of four levels.
public final class BinaryMerkleCommitment implements StateCommitment {
  private static final int HASH = Hash.SIZE;
  // Fewer changes are applied sooner than a helper wakes up.
  private static final int SHARED_MIN = 64;
  private static final Bytes ROOT_POSITION = Bytes.of((byte) 0);

  /// The commitment; all instances are equal.
  public BinaryMerkleCommitment() {}

  @Override
  public String name() {
    return "binary-merkle-1";
  }

  @Override
  public Hash root(NodeReader nodes) {
    Node page = nodes.get(ROOT_POSITION);
    return page == null ? Hash.ZERO : ((MerklePage) page).root();
  }

  @Override
  public Hash rootOf(List<Change> entries) {
    if (entries.isEmpty()) {
      return Hash.ZERO;
    }
    byte[] root = new byte[HASH];
    new LeafHasher().subtree(leaves(entries), 0, entries.size() * LeafHasher.LEAF, root, 0);
    return Hash.wrap(root);
  }

  @Override
  public int part(Bytes position) {
    return position.size() == 1 ? MerklePage.SLOTS : position.unsigned(1) >>> MerklePage.BITS;
  }

  @Override
  public void apply(Nodes nodes, List<Change> changes, Workers workers) {
    if (changes.isEmpty()) {
      return;
    }
    Node before = nodes.get(ROOT_POSITION);
    MerklePage root = before == null ? MerklePage.empty(0) : ((MerklePage) before).copy();
    Update update = new Update(nodes, leaves(changes), present(changes));
    if (changes.size() < SHARED_MIN) {
      update.page(root, 0, 0, changes.size());
    } else {
      update.root(root, workers);
    }
    if (root.isEmpty()) {
      nodes.delete(ROOT_POSITION);
    } else {
      nodes.put(ROOT_POSITION, root);
    }
  }

  /// Key and value hashes in a row; the value hash of a deletion is left zero.
  private static byte[] leaves(List<Change> changes) {
    byte[] leaves = new byte[Math.multiplyExact(changes.size(), LeafHasher.LEAF)];
    int at = 0;
    for (Change change : changes) {
      change.keyHash().copyTo(leaves, at);
      Hash value = change.valueHash();
      if (value != null) {
        value.copyTo(leaves, at + HASH);
      }
      at += LeafHasher.LEAF;
    }
    return leaves;
  }

  private static boolean[] present(List<Change> changes) {
    boolean[] present = new boolean[changes.size()];
    for (int i = 0; i < present.length; i++) {
      present[i] = changes.get(i).valueHash() != null;
    }
    return present;
  }

  @Override
  public Node decode(Bytes position, Bytes encoded) throws MalformedException {
    return MerklePage.decode(position.unsigned(0), encoded);
  }

  @Override
  public StateProof prove(NodeReader nodes, Bytes key, @Nullable Bytes value) {
    Hash keyHash = Sha256.hash(key);
    MerklePath path = new MerklePath(nodes, keyHash.toArray());
    if (!path.found()) {
      Invariant.check(value == null, "an empty tree has no values");
      return new StateProof(path.bits(), path.siblings(), new StateProof.Nothing());
    }
    boolean present = path.leafKey().equals(keyHash);
    Invariant.check(present == (value != null), "values and tree disagree about a key");
    StateProof.Ending ending =
        value != null
            ? new StateProof.Present(value)
            : new StateProof.OtherLeaf(path.leafKey(), path.leafValue());
    return new StateProof(path.bits(), path.siblings(), ending);
  }

  /// Where the page of a level is stored that covers a hashed key: the level, then the half-bytes
  /// of the key before it.
  static Bytes position(int level, byte[] keyHash, int offset) {
    byte[] position = new byte[1 + (level + 1) / 2];
    position[0] = (byte) level;
    System.arraycopy(keyHash, offset, position, 1, position.length - 1);
    if ((level & 1) == 1) {
      position[position.length - 1] &= (byte) 0xf0;
    }
    return Bytes.wrap(position);
  }

  static MerklePage load(NodeReader nodes, int level, byte[] keyHash, int offset) {
    Node page = nodes.get(position(level, keyHash, offset));
    if (page == null) {
      throw new IllegalStateException("a page of the state tree is missing at level " + level);
    }
    return (MerklePage) page;
  }

  /// One run over sorted changes, touching each page on their paths once.
  private static final class Update {
    private final Nodes nodes;
    private final byte[] changes;
    private final boolean[] present;
    private final LeafHasher hasher = new LeafHasher();

    Update(Nodes nodes, byte[] changes, boolean[] present) {
      this.nodes = nodes;
      this.changes = changes;
      this.present = present;
    }

    /// Applies all changes to the topmost page; what lies below its slots is worked on at once.
    void root(MerklePage page, Workers workers) {
      int[] starts = new int[MerklePage.SLOTS + 1];
      int next = 0;
      for (int slot = 0; slot < MerklePage.SLOTS; slot++) {
        starts[slot] = next;
        while (next < present.length && slot(changes, 0, next) == slot) {
          next++;
        }
      }
      starts[MerklePage.SLOTS] = next;
      @Nullable MerklePage[] children = new @Nullable MerklePage[MerklePage.SLOTS];
      workers.run(
          MerklePage.SLOTS,
          slot -> {
            if (starts[slot] < starts[slot + 1] && page.isChild(slot)) {
              // Another thread works here, so with a digest of its own.
              Update below = new Update(nodes, changes, present);
              children[slot] = below.child(0, starts[slot], starts[slot + 1]);
            }
          });
      for (int slot = 0; slot < MerklePage.SLOTS; slot++) {
        slot(page, 0, slot, starts[slot], starts[slot + 1], children[slot]);
      }
      page.rehash(hasher);
    }

    /// Applies the changes from one index up to another, all inside the page.
    void page(MerklePage page, int level, int from, int to) {
      int start = from;
      while (start < to) {
        int slot = slot(changes, level, start);
        int end = start + 1;
        while (end < to && slot(changes, level, end) == slot) {
          end++;
        }
        slot(page, level, slot, start, end, page.isChild(slot) ? child(level, start, end) : null);
        start = end;
      }
      page.rehash(hasher);
    }

    /// The page below one of a level, with changes applied.
    private MerklePage child(int level, int from, int to) {
      MerklePage child = load(nodes, level + 1, changes, from * LeafHasher.LEAF).copy();
      page(child, level + 1, from, to);
      return child;
    }

    /// Brings a slot up to date, for which the page below is done if there is one.
    private void slot(
        MerklePage page, int level, int slot, int from, int to, @Nullable MerklePage child) {
      if (child != null) {
        Bytes position = position(level + 1, changes, from * LeafHasher.LEAF);
        settle(page, slot, child, position, true);
      } else if (from < to) {
        fill(page, level, slot, merged(page.leaves(slot), from, to));
      }
    }

    private static int slot(byte[] leaves, int level, int index) {
      return MerklePage.slotOf(level, leaves, index * LeafHasher.LEAF);
    }

    /// Puts leaves into a slot, by a page below if they are many.
    private void fill(MerklePage page, int level, int slot, byte[] leaves) {
      if (leaves.length <= MerklePage.SLOT_LEAVES_MAX * LeafHasher.LEAF) {
        page.setLeaves(slot, leaves);
        return;
      }
      MerklePage child = MerklePage.empty(level + 1);
      int count = leaves.length / LeafHasher.LEAF;
      int start = 0;
      while (start < count) {
        int below = slot(leaves, level + 1, start);
        int end = start + 1;
        while (end < count && slot(leaves, level + 1, end) == below) {
          end++;
        }
        byte[] run = Arrays.copyOfRange(leaves, start * LeafHasher.LEAF, end * LeafHasher.LEAF);
        fill(child, level + 1, below, run);
        start = end;
      }
      child.rehash(hasher);
      settle(page, slot, child, position(level + 1, leaves, 0), false);
    }

    /// Makes a page below part of a slot, or takes its leaves back up if only few are left.
    private void settle(
        MerklePage page, int slot, MerklePage child, Bytes position, boolean stored) {
      byte[] few = child.fewLeaves();
      if (few == null) {
        nodes.put(position, child);
        page.setChild(slot, child);
        return;
      }
      if (stored) {
        nodes.delete(position);
      }
      page.setLeaves(slot, few);
    }

    /// Sorted leaves with sorted changes applied.
    private byte[] merged(byte[] leaves, int from, int to) {
      byte[] result = new byte[leaves.length + (to - from) * LeafHasher.LEAF];
      int size = 0;
      int old = 0;
      for (int i = from; i < to; i++) {
        int change = i * LeafHasher.LEAF;
        int order = -1;
        while (old < leaves.length && (order = compare(leaves, old, change)) < 0) {
          System.arraycopy(leaves, old, result, size, LeafHasher.LEAF);
          size += LeafHasher.LEAF;
          old += LeafHasher.LEAF;
        }
        if (old < leaves.length && order == 0) {
          old += LeafHasher.LEAF;
        }
        if (present[i]) {
          System.arraycopy(changes, change, result, size, LeafHasher.LEAF);
          size += LeafHasher.LEAF;
        }
      }
      System.arraycopy(leaves, old, result, size, leaves.length - old);
      return Arrays.copyOf(result, size + leaves.length - old);
    }

    private int compare(byte[] leaves, int leaf, int change) {
      return Arrays.compareUnsigned(leaves, leaf, leaf + HASH, changes, change, change + HASH);
    }
  }
}
