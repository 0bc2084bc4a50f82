package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever answers a challenge with anything but its leaves earns nothing and loses collateral.
class LiarTest {
  private static final Content CONTENT = Content.of(1, 2);

  private final MiniChain chain = MiniChain.start("renter", "provider", "other");
  private final Market market = new Market(chain);

  @BeforeEach
  void formContract() {
    market.deposit("provider", Amount.of(1_000_000_000));
    market.store("renter", "provider", CONTENT, 1_000_000, 6_000_000, 50);
    chain.nextWindow();
  }

  private void assertEarnsNothing(StorageCall.Prove lie, StorageRule rule) {
    assertEquals(rule.code(), chain.refusal("provider", lie));
    chain.nextWindow();
    ProviderStatus provider = chain.provider("provider");
    assertEquals(Amount.ZERO, provider.earned());
    assertEquals(Amount.of(2 * 6_000_000 / 60 * 20), provider.penalties());
    assertEquals(1, provider.misses());
  }

  private StorageCall.Prove call(StorageProof.Answer... answers) {
    return market.proveCall(new StorageProof(List.of(answers)));
  }

  private StorageProof.Answer honest() {
    return market.proof("provider", _ -> true).answers().getFirst();
  }

  @Test
  void neighboursLeafInPlaceOfTheDrawnOne() {
    StorageProof.Answer answer = honest();
    long drawn = answer.indices().getFirst();
    List<Long> neighbours = List.of(drawn ^ 1);
    assertEarnsNothing(
        call(
            new StorageProof.Answer(
                answer.contractId(),
                List.of(drawn),
                CONTENT.leaf(drawn ^ 1),
                CONTENT.siblings(neighbours))),
        StorageRule.PROOF_WRONG);
  }

  @Test
  void neighboursLeafUnderItsOwnName() {
    StorageProof.Answer answer = honest();
    long neighbour = answer.indices().getFirst() ^ 1;
    assertEarnsNothing(
        call(CONTENT.answer(answer.contractId(), List.of(neighbour))), StorageRule.LEAF_NOT_DRAWN);
  }

  @Test
  void rightLeafWithAWrongPath() {
    StorageProof.Answer answer = honest();
    byte[] siblings = answer.siblings().toArray();
    siblings[siblings.length / 2] ^= 1;
    assertEarnsNothing(
        call(
            new StorageProof.Answer(
                answer.contractId(), answer.indices(), answer.leaves(), Bytes.wrap(siblings))),
        StorageRule.PROOF_WRONG);
  }

  @Test
  void rightLeafWithTooShortOrTooLongAPath() {
    StorageProof.Answer a = honest();
    Bytes shorter = a.siblings().slice(0, a.siblings().size() - Hash.SIZE);
    Bytes longer = Bytes.concat(a.siblings(), Hash.ZERO.bytes());
    for (Bytes siblings : List.of(shorter, longer)) {
      assertEquals(
          StorageRule.PROOF_WRONG.code(),
          chain.refusal(
              "provider",
              call(new StorageProof.Answer(a.contractId(), a.indices(), a.leaves(), siblings))));
    }
  }

  @Test
  void leavesOfAnotherContract() {
    Content other = Content.of(2, 2);
    StorageProof.Answer answer = honest();
    assertEarnsNothing(
        call(other.answer(answer.contractId(), answer.indices())), StorageRule.PROOF_WRONG);
  }

  @Test
  void contentThatIsOnlyRevisedInThisWindow() {
    Content newer = Content.of(2, 2);
    StorageProof.Answer answer = honest();
    StorageRevision revision =
        new StorageRevision(answer.contractId(), 2, newer.root(), newer.sectors());
    Hash digest = revision.digest(Market.DOMAIN);
    chain.ok(
        "other",
        new StorageCall.Revise(
            revision, Market.sign(digest, "renter"), Market.sign(digest, "provider")));
    assertEarnsNothing(
        call(newer.answer(answer.contractId(), answer.indices())), StorageRule.PROOF_WRONG);
  }

  @Test
  void replayOfLastWindowsProof() {
    StorageProof proof = market.proof("provider", _ -> true);
    StorageCall.Prove call = market.proveCall(proof);
    chain.ok("provider", call);
    chain.nextWindow();
    Amount earned = chain.provider("provider").earned();
    assertEquals(StorageRule.WINDOW_NOT_OPEN.code(), chain.refusal("provider", call));
    assertEquals(
        StorageRule.LEAF_NOT_DRAWN.code(),
        chain.refusal("provider", new StorageCall.Prove(chain.window().index(), proof.encode())));
    chain.nextWindow();
    assertEquals(earned, chain.provider("provider").earned());
  }

  @Test
  void somebodyElsesProof() {
    market.deposit("other", Amount.of(1_000_000_000));
    market.store("renter", "other", CONTENT, 1_000_000, 6_000_000, 50);
    chain.nextWindow();
    StorageCall.Prove call = market.proveCall(market.proof("other", _ -> true));
    assertEquals(StorageRule.CONTRACT_NOT_DRAWN.code(), chain.refusal("provider", call));
  }

  @Test
  void oneWrongLeafSpoilsAllItsAnswer() {
    StorageProof.Answer a = honest();
    byte[] leaves = a.leaves().toArray();
    leaves[leaves.length - 1] ^= 1;
    List<StorageProof.Answer> answers = new ArrayList<>();
    answers.add(
        new StorageProof.Answer(a.contractId(), a.indices(), Bytes.wrap(leaves), a.siblings()));
    assertEarnsNothing(market.proveCall(new StorageProof(answers)), StorageRule.PROOF_WRONG);
  }
}
