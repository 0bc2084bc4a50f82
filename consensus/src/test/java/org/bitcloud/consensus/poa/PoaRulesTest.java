package org.bitcloud.consensus.poa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.HeaderChange;
import org.bitcloud.consensus.HeaderVerdict;
import org.bitcloud.consensus.ParentView;
import org.bitcloud.consensus.ledger.Score;
import org.bitcloud.consensus.validator.Validator;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.Test;

/// One valid header, and for each rule one change that breaks only it: the seal is made anew.
final class PoaRulesTest {
  private static final PoaParameters PARAMETERS =
      PoaParameters.of(new TreeMap<>(Map.of("epochBlocks", "10", "driftMillis", "5000")));

  /// Four signers in rising order of their addresses.
  private static final List<KeyPair> KEYS =
      IntStream.rangeClosed(1, 4)
          .mapToObj(Fixtures::key)
          .sorted(Comparator.comparing(KeyPair::address))
          .toList();

  private static final ValidatorSet VALIDATORS =
      new ValidatorSet(
          0, KEYS.stream().map(key -> new Validator(Fixtures.validatorKey(key), 1)).toList());
  private static final BlockHeader GENESIS = Fixtures.genesisHeader(VALIDATORS, Fixtures.NOON);
  private static final Signers FIRST = Signers.first(VALIDATORS);
  private static final Address STRANGER = Fixtures.key(9).address();
  private static final Vote ADD = new Vote(Vote.Kind.ADD, STRANGER);

  // Block 1 by its signer in turn; block 2, by its own, is the valid header.
  private static final BlockHeader PARENT =
      block(GENESIS, 0, FIRST, KEYS.get(1), 1000, Optional.empty());
  private static final Signers BEFORE = FIRST.after(KEYS.get(1).address(), Optional.empty(), false);
  private static final BlockHeader GOOD =
      block(PARENT, 2, BEFORE, KEYS.get(2), 1000, Optional.of(ADD));

  private final PoaRules rules = new PoaRules(PARAMETERS);

  private static BlockHeader block(
      BlockHeader parent,
      long score,
      Signers before,
      KeyPair signer,
      long afterMillis,
      Optional<Vote> vote) {
    Address address = signer.address();
    int turn = PoaRules.turn(before.rank(address, parent.height().next()));
    boolean ends = PARAMETERS.endsEpoch(parent.height().next().value());
    PoaSeal seal = new PoaSeal(turn, score + turn, vote, before.after(address, vote, ends));
    return HeaderChange.child(parent, parent.timeMillis() + afterMillis, address, seal.encode());
  }

  private record Parent(BlockHeader header, ValidatorSet validators) implements ParentView {
    @Override
    public Optional<BlockHeader> ancestor(Height height) {
      return Optional.empty();
    }
  }

  private HeaderVerdict check(BlockHeader header, BlockHeader parent, KeyPair signer, Instant now) {
    Bytes proof = signer.sign(header.hash()).toBytes65();
    return rules.checkHeader(header, proof, new Parent(parent, VALIDATORS), now);
  }

  private static KeyPair signer(BlockHeader header) {
    return Stream.concat(KEYS.stream(), Stream.of(Fixtures.key(9)))
        .filter(key -> key.address().equals(header.proposer()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void acceptsWhatTheSignersSealInTurnAndOut() {
    assertEquals(HeaderVerdict.ok(), check(PARENT, GENESIS, KEYS.get(1), Fixtures.NOON));
    assertEquals(HeaderVerdict.ok(), check(GOOD, PARENT, KEYS.get(2), Fixtures.NOON));
    BlockHeader late = block(PARENT, 2, BEFORE, KEYS.get(0), 2000, Optional.empty());
    assertEquals(HeaderVerdict.ok(), check(late, PARENT, KEYS.get(0), Fixtures.NOON));
    assertEquals(new Score.Work(BigInteger.valueOf(4)), rules.score(GOOD, Optional.empty()));
    assertEquals(new Score.Work(BigInteger.valueOf(3)), rules.score(late, Optional.empty()));
  }

  @Test
  void refusesOneCorruptionByEachRule() throws Exception {
    PoaSeal seal = PoaSeal.decode(GOOD.sealData());
    Map<PoaRule, BlockHeader> corrupt = new EnumMap<>(PoaRule.class);
    corrupt.put(PoaRule.SEAL_DATA, GOOD.withSealData(Bytes.of((byte) 0xc0)));
    corrupt.put(PoaRule.VALIDATORS, HeaderChange.nextValidators(GOOD, Hash.ZERO));
    corrupt.put(PoaRule.SIGNER, HeaderChange.proposer(GOOD, STRANGER));
    corrupt.put(PoaRule.RECENT, block(PARENT, 2, BEFORE, KEYS.get(1), 3000, Optional.empty()));
    corrupt.put(PoaRule.TIME, HeaderChange.time(GOOD, PARENT.timeMillis() + 999));
    corrupt.put(
        PoaRule.TURN, GOOD.withSealData(new PoaSeal(1, 3, seal.vote(), seal.signers()).encode()));
    corrupt.put(
        PoaRule.SCORE, GOOD.withSealData(new PoaSeal(2, 5, seal.vote(), seal.signers()).encode()));
    Optional<Vote> again = Optional.of(new Vote(Vote.Kind.ADD, KEYS.get(0).address()));
    corrupt.put(PoaRule.VOTE, GOOD.withSealData(new PoaSeal(2, 4, again, seal.signers()).encode()));
    corrupt.put(
        PoaRule.SIGNERS, GOOD.withSealData(new PoaSeal(2, 4, seal.vote(), BEFORE).encode()));
    corrupt.forEach(
        (rule, header) -> {
          HeaderVerdict verdict = check(header, PARENT, signer(header), Fixtures.NOON);
          HeaderVerdict.Bad bad = assertInstanceOf(HeaderVerdict.Bad.class, verdict, rule.name());
          assertTrue(bad.why().startsWith(rule.code() + " "), rule + ": " + bad.why());
        });
    assertEquals(
        PoaRule.SEAL.broken("seal is not the proposer's signature"),
        check(GOOD, PARENT, KEYS.get(3), Fixtures.NOON));
    Instant early = Instant.ofEpochMilli(GOOD.timeMillis()).minusMillis(5001);
    assertEquals(
        new HeaderVerdict.NotYet(early.plusMillis(1)), check(GOOD, PARENT, KEYS.get(2), early));
    EnumSet<PoaRule> shown = EnumSet.copyOf(corrupt.keySet());
    shown.add(PoaRule.SEAL);
    shown.add(PoaRule.DRIFT);
    assertEquals(EnumSet.allOf(PoaRule.class), shown);
    assertEquals("PA-11", PoaRule.DRIFT.code());
  }

  @Test
  void anOutOfTurnSignerWaitsByItsRank() {
    BlockHeader early = block(PARENT, 2, BEFORE, KEYS.get(3), 1499, Optional.empty());
    HeaderVerdict.Bad bad =
        assertInstanceOf(HeaderVerdict.Bad.class, check(early, PARENT, KEYS.get(3), Fixtures.NOON));
    assertTrue(bad.why().startsWith("PA-05"), bad.why());
    BlockHeader intime = block(PARENT, 2, BEFORE, KEYS.get(3), 1500, Optional.empty());
    assertEquals(HeaderVerdict.ok(), check(intime, PARENT, KEYS.get(3), Fixtures.NOON));
  }

  @Test
  void bytesAreThoseOfTheSpecification() {
    String lines =
        "parent %s%nheader %s%nhash %s%n"
                .formatted(PARENT.encode().toHex(), GOOD.encode().toHex(), GOOD.hash().toHex())
            + "seal %s%n".formatted(KEYS.get(2).sign(GOOD.hash()).toBytes65().toHex());
    Golden.file(Path.of("..", "docs", "spec", "poa-golden.txt")).matches(lines);
  }

  @Test
  void sealDataHasOneForm() throws Exception {
    assertEquals(GOOD.sealData(), PoaSeal.decode(GOOD.sealData()).encode());
    for (int cut = 0; cut < GOOD.sealData().size(); cut++) {
      BlockHeader torn = GOOD.withSealData(GOOD.sealData().slice(0, cut));
      HeaderVerdict.Bad bad =
          assertInstanceOf(
              HeaderVerdict.Bad.class, check(torn, PARENT, KEYS.get(2), Fixtures.NOON));
      assertTrue(bad.why().startsWith("PA-01"), bad.why());
    }
  }
}
