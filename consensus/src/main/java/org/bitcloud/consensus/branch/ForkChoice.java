package org.bitcloud.consensus.branch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.Dissemination;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.FetchTarget;
import org.bitcloud.consensus.Finality;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.branch.HeaderTree.Node;
import org.bitcloud.consensus.branch.WaitingBlocks.Waiting;
import org.bitcloud.consensus.ledger.Decision;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// The choice between branches, for an engine whose blocks are final by depth: has blocks judged as
/// they arrive, and makes the best one the head.
///
/// A part of an engine: it is owned by the engine's thread and adds its effects to the engine's.
/// Blocks of others are judged one at a time, so that a child finds its parent; decisions too.
public final class ForkChoice {
  /// Kind of the timer for blocks that came too early; no other timer of the engine has it.
  public static final int EARLY_BLOCK = 100;

  private static final int KEPT_MIN = 1024;
  private static final int OUTDATED_POINTS = 10;

  private final BlockRules rules;
  private final Finality.Probabilistic finality;
  private final Comparator<BlockHeader> ties;
  private final HeaderTree tree = new HeaderTree();
  private final WaitingBlocks waiting = new WaitingBlocks();
  private @Nullable Waiting judged; // a block of others that the ledger looks at
  private @Nullable Block own; // a block of this node that the ledger looks at
  private @Nullable Node head; // present from start on
  private @Nullable Node best; // the accepted block that is or should become the head
  private @Nullable BlockRef finalized; // present from start on
  private boolean deciding;
  private long generation;

  /// A choice by the score of `rules`.
  ///
  /// @param ties which of two blocks of one score wins when it is greater; zero keeps the head
  public ForkChoice(
      BlockRules rules, Finality.Probabilistic finality, Comparator<BlockHeader> ties) {
    this.rules = rules;
    this.finality = finality;
    this.ties = ties;
  }

  /// Begins where the ledger stands. The log holds the encoded headers of the line that ends with
  /// the head, as far as the node has them.
  public void start(Input.Start start) {
    for (Bytes entry : start.log()) {
      try {
        var _ = add(BlockHeader.decode(entry));
      } catch (MalformedException e) {
        throw new IllegalStateException("the log of the engine holds no header", e);
      }
    }
    head = add(start.at().head());
    best = head;
    finalized = start.at().finalized();
  }

  private Node add(BlockHeader header) {
    return tree.add(header, rules.score(header, Optional.empty()));
  }

  /// The header of the head.
  public BlockHeader head() {
    return current(head).header();
  }

  /// The hash of the head.
  public Hash headHash() {
    return current(head).ref().hash();
  }

  private static <T> T current(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not started");
    }
    return part;
  }

  /// Takes a block of somebody else.
  public void arrived(Input.BlockArrived input, List<Effect> effects) {
    Block block = input.block();
    Hash hash = block.hash();
    if (tree.find(hash).isPresent() || isJudged(hash)) {
      return;
    }
    if (isBounded() && block.height().compareTo(current(finalized).height()) <= 0) {
      return; // known for long, or of a branch that cannot become the head
    }
    waiting.enqueue(Waiting.arrived(block, input.from()));
    judge(effects);
  }

  private boolean isJudged(Hash block) {
    return judged != null && judged.block().hash().equals(block);
  }

  private boolean isBounded() {
    return finality.maxReorgDepth() != Integer.MAX_VALUE;
  }

  private static void outdated(Waiting block, List<Effect> effects) {
    block
        .from()
        .ifPresent(
            peer ->
                effects.add(
                    new Effect.Penalize(
                        peer, "its branch leaves below the final block", OUTDATED_POINTS)));
  }

  private void judge(List<Effect> effects) {
    if (judged == null) {
      judged = waiting.next().orElse(null);
      if (judged != null) {
        effects.add(new Effect.Check(judged.block()));
      }
    }
  }

  /// Has a block of this node judged.
  public void propose(Block block, List<Effect> effects) {
    own = block;
    effects.add(new Effect.Check(block));
  }

  /// Takes a verdict. A refused block of this node halts it: its rules and its ledger disagree.
  ///
  /// @return whether the own block will not be the head, though it is valid or came too early, so
  ///   that a new one may be made
  public boolean checked(Input.Checked input, Instant now, List<Effect> effects) {
    Block mine = own;
    if (mine != null && mine.ref().equals(input.block())) {
      own = null;
      return ownChecked(mine, input.verdict(), effects);
    }
    Waiting theirs = judged;
    if (theirs != null && theirs.block().ref().equals(input.block())) {
      judged = null;
      theirsChecked(theirs, input.verdict(), now, effects);
      judge(effects);
    }
    return false;
  }

  private boolean ownChecked(Block block, Verdict verdict, List<Effect> effects) {
    return switch (verdict) {
      case Verdict.Accepted() -> {
        effects.add(new Effect.Disseminate(block, Dissemination.FULL));
        accepted(add(block.header()), Optional.empty(), effects);
        yield !deciding;
      }
      case Verdict.Rejected _ -> {
        effects.add(new Effect.Halt("own block was refused: " + verdict));
        yield false;
      }
      // The clock was set back: what it was made for has to be made again.
      case Verdict.Deferred _ -> true;
    };
  }

  private void theirsChecked(Waiting block, Verdict verdict, Instant now, List<Effect> effects) {
    switch (verdict) {
      case Verdict.Accepted() -> {
        Node node = add(block.block().header());
        accepted(node, Optional.of(block), effects);
        waiting.parentCame(node.ref().hash());
      }
      case Verdict.Rejected refused ->
          block
              .from()
              .ifPresent(peer -> effects.add(new Effect.Penalize(peer, refused.toString(), 100)));
      case Verdict.Deferred(Optional<Hash> missing, Optional<Instant> retryAt) -> {
        missing.ifPresent(
            parent -> {
              waiting.park(block.forParent(parent));
              effects.add(new Effect.Fetch(new FetchTarget.Body(parent), block.from()));
            });
        retryAt.ifPresent(
            time -> {
              waiting.park(block.until(time));
              setTimer(now, effects);
            });
      }
    }
  }

  private void setTimer(Instant now, List<Effect> effects) {
    waiting
        .nextTime()
        .ifPresent(
            time -> {
              Duration after = Duration.between(now, time);
              effects.add(new Effect.SetTimer(EARLY_BLOCK, ++generation, after));
            });
  }

  /// Takes a timer of kind [#EARLY_BLOCK].
  public void timer(Input.Timer timer, Instant now, List<Effect> effects) {
    if (timer.generation() == generation) {
      waiting.timeCame(now);
      setTimer(now, effects);
      judge(effects);
    }
  }

  private void accepted(Node node, Optional<Waiting> theirs, List<Effect> effects) {
    if (isBounded()) {
      Optional<Boolean> above = tree.passes(node, current(finalized));
      if (above.isEmpty()) {
        // A branch from before this node was started: its blocks above the final one come again.
        Hash missing = tree.missing(node);
        theirs.ifPresent(block -> waiting.park(block.forParent(missing)));
        effects.add(new Effect.Fetch(new FetchTarget.Body(missing), theirs.flatMap(Waiting::from)));
        return;
      }
      if (!above.get()) {
        theirs.ifPresent(block -> outdated(block, effects));
        return;
      }
    }
    if (isBetter(node, current(best))) {
      best = node;
    }
    choose(effects);
  }

  private boolean isBetter(Node a, Node b) {
    int order = a.score().compareTo(b.score());
    return order > 0 || (order == 0 && ties.compare(a.header(), b.header()) > 0);
  }

  private void choose(List<Effect> effects) {
    Node tip = current(best);
    if (deciding || tip.ref().equals(current(head).ref())) {
      return;
    }
    deciding = true;
    Node below = tree.ancestor(tip, finality.confirmations());
    BlockRef last = below.ref();
    if (isBounded() && last.height().isBefore(current(finalized).height())) {
      last = current(finalized); // the better chain is the shorter one
    }
    Node safe = tree.ancestor(tip, (finality.confirmations() + 1) / 2);
    Hash safeHash = safe.ref().height().isBefore(last.height()) ? last.hash() : safe.ref().hash();
    effects.add(
        new Effect.Decide(
            new Decision.SwitchHead(tip.ref(), safeHash, last.hash(), tip.score(), Map.of())));
  }

  /// Takes what the ledger has made true.
  ///
  /// @return whether the head is another one than before
  public boolean decided(Input.Decided input, List<Effect> effects) {
    deciding = false;
    BlockHeader header = input.tip();
    boolean changed = !header.equals(head());
    Node now = tree.find(header.hash()).orElseGet(() -> add(header));
    head = now;
    finalized = input.at().finalized();
    Node wish = current(best);
    boolean open = !isBounded() || tree.passes(wish, current(finalized)).orElse(false);
    if (!open || !isBetter(wish, now)) {
      best = now;
    }
    long depth = Math.max(KEPT_MIN, 2L * finality.confirmations());
    long height = now.ref().height().value() - depth;
    tree.prune(isBounded() ? Math.max(height, current(finalized).height().value()) : height);
    choose(effects);
    return changed;
  }
}
