package org.bitcloud.consensus.poa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.BlockRules;
import org.bitcloud.consensus.CommandResult;
import org.bitcloud.consensus.Effect;
import org.bitcloud.consensus.EmbeddedEngine;
import org.bitcloud.consensus.EngineDescriptor;
import org.bitcloud.consensus.Finality;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.Networking;
import org.bitcloud.consensus.Production;
import org.bitcloud.consensus.SignIntent;
import org.bitcloud.consensus.branch.ForkChoice;
import org.bitcloud.consensus.ledger.PayloadLimits;
import org.bitcloud.consensus.ledger.PayloadRequest;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// Signers that take turns; `docs/spec/poa-engine.md`.
///
/// A block goes through wait, build, sign, check and decide; a new head begins anew.
final class PoaEngine implements EmbeddedEngine {
  static final int SLOT = 1;
  private static final Duration BUILD_MAX = Duration.ofMillis(250);

  // The shorter of two chains of one score has more blocks in turn; the hash only breaks ties.
  private static final Comparator<BlockHeader> TIES =
      Comparator.comparing(BlockHeader::height).thenComparing(BlockHeader::hash).reversed();

  private final PoaParameters parameters;
  private final EngineDescriptor descriptor;
  private final PoaRules rules;
  private final ForkChoice fork;
  private final Ballot ballot = new Ballot();
  private final List<Effect> effects = new ArrayList<>();

  private Optional<Address> local; // present: this node signs when it may
  private @Nullable ValidatorSet genesis; // present from start on
  private Optional<UnsealedBlock> unsigned = Optional.empty();
  private long request; // of the block in the making
  private long generation;

  PoaEngine(PoaParameters parameters, Optional<ValidatorKey> localKey) {
    this.parameters = parameters;
    this.local = localKey.flatMap(ValidatorKey::address);
    Finality.Probabilistic finality =
        new Finality.Probabilistic(parameters.reorgMax(), parameters.reorgMax());
    this.descriptor =
        new EngineDescriptor(
            PoaEngineProvider.ID, 1, finality, new Production.Local(), Networking.NODE_P2P);
    this.rules = new PoaRules(parameters);
    this.fork = new ForkChoice(rules, finality, TIES);
  }

  @Override
  public EngineDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public BlockRules rules() {
    return rules;
  }

  @Override
  public List<Effect> step(Input input, Instant now) {
    effects.clear();
    switch (input) {
      case Input.Start start -> {
        var _ = Signers.first(start.validators()); // refuses a genesis that it cannot run
        genesis = start.validators();
        fork.start(start);
        begin(now);
      }
      case Input.Timer timer -> timer(timer, now);
      case Input.Built built -> built(built);
      case Input.Signed signed -> signed(signed);
      case Input.Checked checked -> {
        if (fork.checked(checked, now, effects)) {
          begin(now);
        }
      }
      case Input.Decided decided -> {
        if (fork.decided(decided, effects)) {
          local.ifPresent(voter -> ballot.settle(voter, below().signers()));
          begin(now);
        }
      }
      case Input.BlockArrived arrived -> fork.arrived(arrived, effects);
      case Input.Command command ->
          effects.add(
              new Effect.Answer(
                  command.request(),
                  local
                      .map(voter -> ballot.command(command, voter, below().signers()))
                      .orElseGet(
                          () -> new CommandResult(false, "this node does not sign blocks"))));
      case Input.Stop() -> {
        local = Optional.empty();
        idle();
      }
      // Blocks come in time whether transactions wait or not; the rest it does not ask for.
      case Input.TransactionsPending _,
          Input.FromPeer _,
          Input.Verified _,
          Input.PeerUp _,
          Input.PeerGone _,
          Input.Ground _,
          Input.TermStarted _ -> {}
    }
    return List.copyOf(effects);
  }

  private void timer(Input.Timer timer, Instant now) {
    if (timer.kind() == ForkChoice.EARLY_BLOCK) {
      fork.timer(timer, now, effects);
    } else if (timer.kind() == SLOT && timer.generation() == generation) {
      seal(now);
    }
  }

  private void idle() {
    unsigned = Optional.empty();
    request++;
    generation++;
  }

  private PoaRules.Below below() {
    if (genesis == null) {
      throw new IllegalStateException("not started");
    }
    try {
      return PoaRules.below(fork.head(), genesis);
    } catch (MalformedException e) {
      throw new IllegalStateException("the head is not of this engine: " + fork.head(), e);
    }
  }

  /// Waits for this signer's time on a new head.
  private void begin(Instant now) {
    idle();
    Optional<Integer> rank = rank();
    if (rank.isEmpty()) {
      return;
    }
    Instant earliest = Instant.ofEpochMilli(rules.earliest(fork.head(), rank.get()));
    Instant latest = now.plus(parameters.wait(rank.get()));
    setTimer(Duration.between(now, earliest.isBefore(latest) ? earliest : latest));
  }

  private void setTimer(Duration after) {
    effects.add(new Effect.SetTimer(SLOT, ++generation, after));
  }

  /// This node's rank at the next height; empty when it may not sign there.
  private Optional<Integer> rank() {
    Signers signers = below().signers();
    Height height = fork.head().height().next();
    return local
        .filter(signers::contains)
        .filter(signer -> !signers.recent().contains(signer))
        .map(signer -> signers.rank(signer, height));
  }

  private void seal(Instant now) {
    Optional<Integer> rank = rank();
    if (rank.isEmpty()) {
      return;
    }
    BlockHeader head = fork.head();
    Instant time =
        Instant.ofEpochMilli(Math.max(now.toEpochMilli(), rules.earliest(head, rank.get())));
    if (time.minus(parameters.drift()).isAfter(now)) {
      setTimer(Duration.between(now, time.minus(parameters.drift()))); // others would not take it
      return;
    }
    Address signer = local.orElseThrow();
    effects.add(
        new Effect.Build(
            ++request,
            PayloadRequest.fromPool(
                fork.headHash(),
                time,
                signer,
                sealData(signer, rank.get()).encode(),
                PayloadLimits.until(now.plus(budget())))));
  }

  private PoaSeal sealData(Address signer, int rank) {
    PoaRules.Below below = below();
    boolean epochEnds = parameters.endsEpoch(fork.head().height().next().value());
    Optional<Vote> vote = epochEnds ? Optional.empty() : ballot.next(signer, below.signers());
    int turn = PoaRules.turn(rank);
    return new PoaSeal(
        turn, below.score() + turn, vote, below.signers().after(signer, vote, epochEnds));
  }

  private Duration budget() {
    Duration half = parameters.block().dividedBy(2);
    return half.compareTo(BUILD_MAX) < 0 ? half : BUILD_MAX;
  }

  private void built(Input.Built built) {
    if (built.request() != request) {
      return;
    }
    if (built.payload().isEmpty()) {
      effects.add(new Effect.Halt("cannot build on the own head " + fork.headHash()));
      return;
    }
    unsigned = built.payload();
    BlockHeader header = built.payload().get().header();
    effects.add(
        new Effect.Sign(++request, new SignIntent.SealHeader(header.height(), header.hash())));
  }

  private void signed(Input.Signed signed) {
    if (signed.request() != request || unsigned.isEmpty()) {
      return;
    }
    UnsealedBlock block = unsigned.get();
    idle(); // until it is decided
    if (signed.signature().isEmpty()) {
      effects.add(new Effect.Halt("the signer refused to seal block " + block.header().height()));
      return;
    }
    fork.propose(block.seal(signed.signature().get()), effects);
  }
}
