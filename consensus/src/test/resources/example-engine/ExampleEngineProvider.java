package org.example.engine;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.*;
import org.bitcloud.consensus.ledger.*;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;

/** An engine of somebody else: a block a transaction, sealed by nobody. */
public final class ExampleEngineProvider implements ConsensusEngineProvider {
  public String id() {
    return "example";
  }

  public ConsensusEngine create(EngineConfig config) {
    return new Engine();
  }

  private static final class Engine implements EmbeddedEngine, BlockRules {
    private BlockHeader head;
    private UnsealedBlock built;

    public EngineDescriptor descriptor() {
      return new EngineDescriptor(
          "example", 1, new Finality.Instant(false), new Production.Local(), Networking.NODE_P2P);
    }

    public BlockRules rules() {
      return this;
    }

    public List<Effect> step(Input input, Instant now) {
      switch (input) {
        case Input.Start start -> head = start.at().head();
        case Input.Decided decided -> head = decided.tip();
        case Input.TransactionsPending pending when pending.pending().executable() -> {
          Instant time = Instant.ofEpochMilli(Math.max(now.toEpochMilli(), head.timeMillis() + 1));
          return List.of(
              new Effect.Build(
                  1,
                  PayloadRequest.fromPool(
                      head.hash(), time, Address.ZERO, Bytes.EMPTY, PayloadLimits.until(now.plusMillis(50)))));
        }
        case Input.Built answer -> {
          built = answer.payload().orElseThrow();
          return List.of(new Effect.Check(built.seal(Bytes.EMPTY)));
        }
        case Input.Checked checked -> {
          return List.of(
              new Effect.Decide(
                  new Decision.Finalize(checked.block(), new FinalityProof.OwnSeal())));
        }
        default -> {}
      }
      return List.of();
    }

    public HeaderVerdict checkHeader(BlockHeader header, Bytes proof, ParentView parent, Instant now) {
      return proof.isEmpty() ? HeaderVerdict.ok() : HeaderVerdict.bad("EX-01 seal");
    }

    public Score score(BlockHeader header, Optional<Score> parent) {
      return new Score.Work(BigInteger.valueOf(header.height().value()));
    }

    public boolean checkProof(BlockHeader header, Bytes seal, FinalityProof proof, ValidatorSet set) {
      return false;
    }
  }
}
