package org.bitcloud.consensus.dev;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.Dissemination;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.EngineDescriptor;
import org.bitcloud.consensus.Finality;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.Networking;
import org.bitcloud.consensus.Peer;
import org.bitcloud.consensus.Production;
import org.bitcloud.consensus.SignIntent;
import org.bitcloud.consensus.ledger.Decision;
import org.bitcloud.consensus.ledger.FinalityProof;
import org.bitcloud.consensus.ledger.PayloadLimits;
import org.bitcloud.consensus.ledger.PayloadRequest;
import org.bitcloud.consensus.validator.KeyType;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;

/// One signer that seals blocks on demand or at an interval; `docs/spec/dev-engine.md`.
///
/// A block goes through build, sign, check and decide, one block at a time; transactions that come
/// meanwhile are in the next one. A node with another key follows: it takes blocks as they arrive.
final class DevEngine implements EmbeddedEngine {
  private static final EngineDescriptor DESCRIPTOR =
      new EngineDescriptor(
          DevEngineProvider.ID,
          1,
          new Finality.Instant(false),
          new Production.Local(),
          Networking.NODE_P2P);

  static final int NEXT_BLOCK = 1;
  private static final Duration BUILD_MAX = Duration.ofMillis(250);
  private static final int ADVANCES_MAX = 1024;

  private final DevParameters parameters;
  private final Optional<ValidatorKey> localKey;
  private final BlockRules rules = new DevRules();
  private final Queue<Advance> advances = new ArrayDeque<>();
  private final List<Effect> effects = new ArrayList<>();

  private Optional<Address> proposer = Optional.empty(); // present: this node seals
  private Optional<Attempt> attempt = Optional.empty();
  private Optional<Followed> followed = Optional.empty();
  private Optional<BlockHeader> head = Optional.empty(); // present from Start on
  private Hash headHash = Hash.ZERO;
  private long offsetMillis; // chain time - clock
  private long requests;
  private long generation;
  private Instant begun = Instant.EPOCH; // when the last block was begun
  private boolean wanted; // a transaction came while a block was being made

  DevEngine(DevParameters parameters, Optional<ValidatorKey> localKey) {
    this.parameters = parameters;
    this.localKey = localKey;
  }

  /// An operator's wish for a block whose time is so much after the parent's.
  private record Advance(long command, Duration by) {}

  /// The block in the making.
  ///
  /// @param request of the effect that is awaited
  /// @param onDemand whether it is not worth a block without a transaction
  /// @param advance whom to answer
  /// @param payload present once built
  /// @param sealed present once signed
  private record Attempt(
      long request,
      boolean onDemand,
      Optional<Advance> advance,
      Optional<UnsealedBlock> payload,
      Optional<Block> sealed) {}

  /// Somebody else's block that the ledger is looking at.
  private record Followed(BlockRef block, Optional<Peer> from) {}

  @Override
  public EngineDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public BlockRules rules() {
    return rules;
  }

  @Override
  public List<Effect> step(Input input, Instant now) {
    effects.clear();
    switch (input) {
      case Input.Start start -> start(start, now);
      case Input.Timer timer -> timer(timer, now);
      case Input.TransactionsPending pending -> pending(pending.pending().executable(), now);
      case Input.Built built -> built(built, now);
      case Input.Signed signed -> signed(signed);
      case Input.Checked checked -> checked(checked);
      case Input.Decided decided -> decided(decided.tip(), now);
      case Input.BlockArrived arrived -> follow(arrived);
      case Input.Command command -> command(command, now);
      case Input.Stop() -> stop();
      // The engine asks for none of these, and one signer has nobody to talk with.
      case Input.FromPeer _,
          Input.Verified _,
          Input.PeerUp _,
          Input.PeerGone _,
          Input.Ground _,
          Input.TermStarted _ -> {}
    }
    return List.copyOf(effects);
  }

  private void start(Input.Start start, Instant now) {
    ValidatorSet validators = start.validators();
    ValidatorKey signer = DevRules.signer(validators);
    if (validators.members().size() != 1 || signer.type() != KeyType.SECP256K1) {
      throw new EngineConfigException(
          "the dev engine needs just one validator, with a secp256k1 key, not " + validators);
    }
    setHead(start.at().head());
    offsetMillis = Math.max(0, start.at().head().timeMillis() - now.toEpochMilli());
    if (localKey.equals(Optional.of(signer))) {
      proposer = signer.address();
      begun = now;
      setTimer(now);
    }
  }

  private void setHead(BlockHeader header) {
    head = Optional.of(header);
    headHash = header.hash();
  }

  private void setTimer(Instant now) {
    generation++;
    Duration after = Duration.between(now, begun.plus(parameters.interval()));
    effects.add(new Effect.SetTimer(NEXT_BLOCK, generation, after));
  }

  private void timer(Input.Timer timer, Instant now) {
    boolean current = timer.kind() == NEXT_BLOCK && timer.generation() == generation;
    if (current && proposer.isPresent() && attempt.isEmpty()) {
      begin(false, Optional.empty(), now);
    }
  }

  private void pending(boolean executable, Instant now) {
    if (!executable || parameters.isRegular() || proposer.isEmpty()) {
      return;
    }
    if (attempt.isPresent()) {
      wanted = true;
    } else {
      begin(true, Optional.empty(), now);
    }
  }

  private void begin(boolean onDemand, Optional<Advance> advance, Instant now) {
    long parentMillis = head.orElseThrow().timeMillis();
    long timeMillis =
        advance
            .map(wish -> Math.addExact(parentMillis, wish.by().toMillis()))
            .orElse(Math.max(now.toEpochMilli() + offsetMillis, parentMillis + 1));
    long request = ++requests;
    wanted = false;
    if (!onDemand) {
      begun = now;
    }
    generation++; // no timer while a block is made
    attempt =
        Optional.of(new Attempt(request, onDemand, advance, Optional.empty(), Optional.empty()));
    effects.add(
        new Effect.Build(
            request,
            PayloadRequest.fromPool(
                headHash,
                Instant.ofEpochMilli(timeMillis),
                proposer.orElseThrow(),
                DevRules.SEAL_DATA,
                PayloadLimits.until(now.plus(budget())))));
  }

  private Duration budget() {
    return parameters.interval().compareTo(BUILD_MAX) < 0 ? parameters.interval() : BUILD_MAX;
  }

  private void built(Input.Built built, Instant now) {
    Attempt current = attempt.filter(a -> a.request() == built.request()).orElse(null);
    if (current == null || current.payload().isPresent()) {
      return;
    }
    if (built.payload().isEmpty()) {
      effects.add(new Effect.Halt("cannot build on the own head " + headHash));
      return;
    }
    UnsealedBlock payload = built.payload().get();
    if (current.onDemand() && payload.body().transactions().isEmpty()) {
      attempt = Optional.empty(); // what waited cannot be executed: no block for nothing
      next(wanted, now);
      return;
    }
    if (current.onDemand()) {
      begun = now; // not before: what comes to nothing must not put off the next empty block
    }
    long request = ++requests;
    attempt =
        Optional.of(
            new Attempt(
                request,
                current.onDemand(),
                current.advance(),
                Optional.of(payload),
                Optional.empty()));
    effects.add(
        new Effect.Sign(
            request,
            new SignIntent.SealHeader(payload.header().height(), payload.header().hash())));
  }

  private void signed(Input.Signed signed) {
    Attempt current = attempt.filter(a -> a.request() == signed.request()).orElse(null);
    if (current == null || current.payload().isEmpty() || current.sealed().isPresent()) {
      return;
    }
    UnsealedBlock payload = current.payload().get();
    if (signed.signature().isEmpty()) {
      effects.add(new Effect.Halt("the signer refused to seal block " + payload.header().height()));
      return;
    }
    Block block = payload.seal(signed.signature().get());
    attempt =
        Optional.of(
            new Attempt(
                current.request(),
                current.onDemand(),
                current.advance(),
                current.payload(),
                Optional.of(block)));
    effects.add(new Effect.Check(block));
  }

  private void checked(Input.Checked checked) {
    Block own = attempt.flatMap(Attempt::sealed).orElse(null);
    if (own != null && own.ref().equals(checked.block())) {
      if (checked.verdict().isAccepted()) {
        effects.add(new Effect.Disseminate(own, Dissemination.FULL));
        decide(checked.block());
      } else {
        effects.add(new Effect.Halt("own block was refused: " + checked.verdict()));
      }
      return;
    }
    Followed theirs = followed.orElse(null);
    if (theirs != null && theirs.block().equals(checked.block())) {
      followed = Optional.empty();
      if (checked.verdict().isAccepted()) {
        decide(checked.block());
      } else if (checked.verdict() instanceof Verdict.Rejected refused) {
        theirs
            .from()
            .ifPresent(peer -> effects.add(new Effect.Penalize(peer, refused.toString(), 100)));
      }
    }
  }

  private void decide(BlockRef block) {
    effects.add(new Effect.Decide(new Decision.Finalize(block, new FinalityProof.OwnSeal())));
  }

  private void decided(BlockHeader tip, Instant now) {
    setHead(tip);
    Attempt current = attempt.orElse(null);
    if (current == null) {
      return;
    }
    boolean ours = current.sealed().map(Block::hash).filter(headHash::equals).isPresent();
    attempt = Optional.empty();
    current
        .advance()
        .ifPresent(
            wish -> {
              if (ours) {
                offsetMillis = Math.max(offsetMillis, tip.timeMillis() - now.toEpochMilli());
              }
              answer(wish.command(), ours, ours ? DevControl.answer(tip.ref()) : "overtaken");
            });
    // The ledger tells after each decision what is left in the pool, so nothing is wanted now.
    next(false, now);
  }

  private void next(boolean onDemand, Instant now) {
    Advance advance = advances.poll();
    if (advance != null) {
      begin(false, Optional.of(advance), now);
    } else if (onDemand) {
      begin(true, Optional.empty(), now);
    } else {
      setTimer(now);
    }
  }

  private void follow(Input.BlockArrived arrived) {
    Block block = arrived.block();
    boolean next = block.header().parent().equals(headHash);
    if (proposer.isEmpty() && followed.isEmpty() && next) {
      followed = Optional.of(new Followed(block.ref(), arrived.from()));
      effects.add(new Effect.Check(block));
    }
  }

  private void command(Input.Command command, Instant now) {
    Optional<Duration> by = DevControl.advance(command);
    if (by.isEmpty()) {
      answer(command.request(), false, "the dev engine does not know this command");
    } else if (proposer.isEmpty()) {
      answer(command.request(), false, "this node does not seal blocks");
    } else if (advances.size() >= ADVANCES_MAX) {
      answer(command.request(), false, "too many commands wait");
    } else {
      Advance advance = new Advance(command.request(), by.get());
      if (attempt.isPresent()) {
        advances.add(advance);
      } else {
        begin(false, Optional.of(advance), now);
      }
    }
  }

  private void stop() {
    attempt
        .flatMap(Attempt::advance)
        .ifPresent(wish -> answer(wish.command(), false, "the node stops"));
    attempt = Optional.empty();
    for (Advance wish : advances) {
      answer(wish.command(), false, "the node stops");
    }
    advances.clear();
    proposer = Optional.empty();
  }

  private void answer(long command, boolean done, String text) {
    effects.add(new Effect.Answer(command, new CommandResult(done, text)));
  }
}
