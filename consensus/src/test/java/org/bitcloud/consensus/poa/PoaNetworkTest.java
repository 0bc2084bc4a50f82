package org.bitcloud.consensus.poa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.FakeLedger;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.Peer;
import org.bitcloud.consensus.VirtualNode;
import org.bitcloud.consensus.runtime.EngineHeaderRules;
import org.bitcloud.consensus.runtime.HeaderSigner;
import org.bitcloud.consensus.validator.Validator;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.crypto.KeyPair;
import org.junit.jupiter.api.Test;

/// Several signers in virtual time, whose blocks reach each other within 10 ms.
final class PoaNetworkTest {
  private static final PoaParameters PARAMETERS = PoaParameters.of(new TreeMap<>());
  private static final ValidatorSet VALIDATORS =
      new ValidatorSet(
          0,
          List.of(1, 2, 3).stream()
              .map(n -> new Validator(Fixtures.validatorKey(Fixtures.key(n)), 1))
              .toList());

  private final List<VirtualNode> nodes = new ArrayList<>();
  private final List<FakeLedger> ledgers = new ArrayList<>();
  private final List<Block> made = new ArrayList<>();

  @CanIgnoreReturnValue
  private VirtualNode join(int key) {
    KeyPair pair = Fixtures.key(key);
    PoaEngine engine = new PoaEngine(PARAMETERS, Optional.of(Fixtures.validatorKey(pair)));
    FakeLedger ledger =
        new FakeLedger(
            Fixtures.genesisHeader(VALIDATORS, Fixtures.NOON),
            new EngineHeaderRules(engine.rules(), ValidatorSource.fixed(VALIDATORS)));
    VirtualNode node =
        new VirtualNode(engine, VALIDATORS, ledger, new HeaderSigner(pair), Fixtures.NOON);
    node.network = made::add;
    nodes.add(node);
    ledgers.add(ledger);
    return node.start();
  }

  private void run(Duration time, List<VirtualNode> awake) {
    for (long i = 0; i < time.toMillis() / 10; i++) {
      awake.forEach(node -> node.run(Duration.ofMillis(10)));
      List<Block> sent = List.copyOf(made);
      made.clear();
      for (Block block : sent) {
        awake.forEach(
            node -> node.input(new Input.BlockArrived(block, Optional.of(new Peer("p")))));
      }
    }
  }

  private Signers signers(int node) throws Exception {
    return PoaRules.below(ledgers.get(node).head(), VALIDATORS).signers();
  }

  private void vote(VirtualNode node, String kind, Address subject) {
    node.input(new Input.Command(1, "vote", Map.of("kind", kind, "subject", subject.toHex())));
    assertTrue(node.answers().get(1L).done());
  }

  @Test
  void signersTakeTurnsAndGoOnWithoutOne() {
    join(1);
    join(2);
    join(3);
    run(Duration.ofMillis(30_250), nodes);
    assertEquals(ledgers.get(0).head(), ledgers.get(1).head());
    assertEquals(ledgers.get(0).head(), ledgers.get(2).head());
    long inTurn = ledgers.get(0).head().height().value();
    assertTrue(inTurn >= 28 && inTurn <= 30, "blocks: " + inTurn);
    TreeSet<Address> proposers = new TreeSet<>();
    ledgers.get(0).decided().forEach(block -> proposers.add(block.header().proposer()));
    assertEquals(3, proposers.size());

    List<VirtualNode> two = nodes.subList(0, 2);
    run(Duration.ofSeconds(30), two);
    assertEquals(ledgers.get(0).head(), ledgers.get(1).head());
    long more = ledgers.get(0).head().height().value() - inTurn;
    assertTrue(more >= 18 && more < 30, "blocks: " + more);
  }

  @Test
  void aMajorityVotesASignerInAndAnotherOut() throws Exception {
    VirtualNode one = join(1);
    VirtualNode two = join(2);
    join(3);
    join(4);
    Address fourth = Fixtures.key(4).address();
    run(Duration.ofSeconds(3), nodes);
    vote(one, "add", fourth);
    run(Duration.ofSeconds(6), nodes);
    assertEquals(3, signers(0).members().size());
    vote(two, "add", fourth);
    run(Duration.ofSeconds(20), nodes);
    assertTrue(signers(3).contains(fourth));
    assertTrue(
        ledgers.get(0).decided().stream()
            .anyMatch(block -> block.header().proposer().equals(fourth)));

    Address third = Fixtures.key(3).address();
    vote(one, "remove", third);
    vote(two, "remove", third);
    vote(nodes.get(3), "remove", third);
    run(Duration.ofSeconds(20), nodes);
    assertEquals(3, signers(0).members().size());
    assertTrue(!signers(0).contains(third));
    assertEquals(ledgers.get(0).head(), ledgers.get(3).head());
  }

  @Test
  void aProposalStaysUntilItIsDecidedOrDiscarded() throws Exception {
    VirtualNode one = join(1);
    VirtualNode two = join(2);
    join(3);
    Address fourth = Fixtures.key(4).address();
    run(Duration.ofSeconds(3), nodes);
    vote(one, "add", fourth);
    run(Duration.ofSeconds(6), nodes);
    assertEquals(1, signers(0).votes().get(fourth).size());
    discard(one, fourth);
    run(Duration.ofSeconds(6), nodes);
    assertTrue(signers(0).votes().isEmpty(), "the vote is taken back");
    run(Duration.ofSeconds(6), nodes);
    assertTrue(signers(0).votes().isEmpty(), "and not cast again");

    vote(one, "add", fourth);
    vote(two, "add", fourth);
    run(Duration.ofSeconds(10), nodes);
    assertTrue(signers(0).contains(fourth));
    vote(one, "remove", fourth);
    vote(two, "remove", fourth);
    vote(nodes.get(2), "remove", fourth);
    run(Duration.ofSeconds(20), nodes);
    assertTrue(!signers(0).contains(fourth), "nobody votes for it any more");
    one.input(new Input.Command(7, "vote", Map.of("kind", "remove", "subject", fourth.toHex())));
    assertEquals(fourth.checksum() + " does not sign", one.answers().get(7L).text());
  }

  private void discard(VirtualNode node, Address subject) {
    node.input(new Input.Command(2, "discard", Map.of("subject", subject.toHex())));
    assertTrue(node.answers().get(2L).done());
  }
}
