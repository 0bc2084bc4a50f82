package org.bitcloud.contracts.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.contracts.Corporation;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.junit.jupiter.api.Test;

/// A name over chain time: commitment, years, expiry, grace, and a new life.
class NameLifeTest {
  private static final String LABEL = "alice";
  private static final Bytes ACCOUNT = NameChain.address("alice").bytes();

  private static NamingCall set(String key, Bytes value) {
    return new NamingCall.SetRecord(LABEL, new NameRecord(key, value));
  }

  private static String refusal(NameChain chain, NamingCall view) {
    return chain.call(view).message().split(" ", 2)[0];
  }

  @Test
  void aRegisteredNameResolvesAndItsPriceIsBurned() {
    NameChain chain = NameChain.start("alice");
    List<NamingEvent> events = chain.register("alice", LABEL, 2);
    long expires = chain.now() + 2 * NameChain.YEAR;
    assertEquals(
        List.of(
            new NamingEvent.NameRegistered(
                NameChain.address("alice"), LABEL, expires, Amount.of(20))),
        events);
    assertEquals(
        List.of(new NamingEvent.RecordSet(LABEL, new NameRecord("address", ACCOUNT))),
        chain.ok("alice", 0, set("address", ACCOUNT)));
    assertEquals(
        ACCOUNT, chain.view(new NamingCall.Resolve(LABEL, "address"), NamingResults::value));
    assertEquals(
        Bytes.EMPTY, chain.view(new NamingCall.Resolve(LABEL, "peer"), NamingResults::value));
    assertEquals(
        new NameStatus(
            NamePhase.ACTIVE,
            NameChain.address("alice"),
            chain.now(),
            expires,
            expires + NameChain.GRACE,
            1),
        chain.status(LABEL));
  }

  @Test
  void whatIsBurnedIsThePriceAndTheFees() {
    NameChain chain = NameChain.start("alice");
    var commitment = new Commitment("bob", NameChain.address("alice"), NameChain.SECRET);
    chain.ok("alice", 0, new NamingCall.Commit(commitment.hash()));
    chain.nextBlock(NameChain.AGE);
    Amount before = chain.burned();
    var result =
        chain.send("alice", Amount.of(8_000), new NamingCall.Reveal(commitment, 10).encode());
    assertTrue(result.success());
    assertEquals(before.plus(result.burned()).plus(Amount.of(8_000)), chain.burned());
  }

  @Test
  void aCommitmentServesOnceAndCanBeMadeAnewWhenItIsOld() {
    NameChain chain = NameChain.start("alice");
    var commitment = new Commitment(LABEL, NameChain.address("alice"), NameChain.SECRET);
    Hash hash = commitment.hash();
    var asked = new NamingCall.Committed(NameChain.address("alice"), hash);
    assertEquals(
        List.of(new NamingEvent.Committed(hash, NameChain.address("alice"))),
        chain.ok("alice", 0, new NamingCall.Commit(hash)));
    assertEquals(chain.now(), chain.view(asked, NamingResults::committedMillis));
    chain.nextBlock(NameChain.LIFE);
    chain.ok("alice", 0, new NamingCall.Commit(hash));
    chain.nextBlock(NameChain.AGE);
    chain.ok("alice", 10, new NamingCall.Reveal(commitment, 1));
    assertEquals(0L, chain.view(asked, NamingResults::committedMillis));
    assertEquals(
        NamingRule.UNKNOWN_COMMITMENT.code(),
        chain.refusal("alice", 10, new NamingCall.Reveal(commitment, 1)));
  }

  @Test
  void anExpiredNameWaitsForItsOwnerThroughTheGrace() {
    NameChain chain = NameChain.start("alice", "bob");
    chain.register("alice", LABEL, 1);
    chain.ok("alice", 0, set("address", ACCOUNT));
    long expires = chain.status(LABEL).expiresMillis();
    chain.nextBlock(NameChain.YEAR - 1);
    assertEquals(NamePhase.ACTIVE, chain.status(LABEL).phase());
    chain.nextBlock(1);
    assertEquals(NamePhase.GRACE, chain.status(LABEL).phase());
    assertEquals(
        NamingRule.NAME_EXPIRED.code(), refusal(chain, new NamingCall.Resolve(LABEL, "address")));
    assertEquals(NamingRule.NAME_EXPIRED.code(), refusal(chain, new NamingCall.Records(LABEL)));
    var wanted = new Commitment(LABEL, NameChain.address("bob"), NameChain.SECRET);
    chain.ok("bob", 0, new NamingCall.Commit(wanted.hash()));
    chain.nextBlock(NameChain.GRACE - 1);
    assertEquals(
        List.of(new NamingEvent.NameRenewed(LABEL, expires + NameChain.YEAR, Amount.of(10))),
        chain.ok("alice", 10, new NamingCall.Renew(LABEL, 1)));
    assertEquals(
        ACCOUNT, chain.view(new NamingCall.Resolve(LABEL, "address"), NamingResults::value));
  }

  @Test
  void afterTheGraceANameIsFreeAndItsRecordsAreGone() {
    NameChain chain = NameChain.start("alice", "bob");
    chain.register("alice", LABEL, 1);
    chain.ok("alice", 0, set("address", ACCOUNT));
    chain.nextBlock(NameChain.YEAR + NameChain.GRACE);
    assertEquals(NameStatus.FREE, chain.status(LABEL));
    assertEquals(
        NamingRule.UNKNOWN_NAME.code(), chain.refusal("alice", 10, new NamingCall.Renew(LABEL, 1)));
    chain.register("bob", LABEL, 1);
    assertEquals(NameChain.address("bob"), chain.status(LABEL).owner());
    assertEquals(0, chain.status(LABEL).records());
    assertEquals(
        Bytes.EMPTY, chain.view(new NamingCall.Resolve(LABEL, "address"), NamingResults::value));
    assertEquals(NamingRule.NOT_OWNER.code(), chain.refusal("alice", 0, set("address", ACCOUNT)));
  }

  @Test
  void nobodyCanPayFurtherAheadThanTenYears() {
    NameChain chain = NameChain.start("alice");
    chain.register("alice", LABEL, 10);
    assertEquals(
        NamingRule.YEARS_RANGE.code(), chain.refusal("alice", 10, new NamingCall.Renew(LABEL, 1)));
    chain.nextBlock(NameChain.YEAR);
    chain.ok("alice", 10, new NamingCall.Renew(LABEL, 1));
  }

  @Test
  void aTransferTakesTheRecordsAlong() {
    NameChain chain = NameChain.start("alice", "bob");
    chain.register("alice", LABEL, 1);
    chain.ok("alice", 0, set("peer", Bytes.of((byte) 1)));
    chain.ok("alice", 0, set("address", ACCOUNT));
    chain.ok("alice", 0, set("peer", Bytes.EMPTY));
    chain.ok("alice", 0, set("note", Bytes.ofUtf8("hello")));
    assertEquals(
        List.of(
            new NamingEvent.NameTransferred(
                NameChain.address("alice"), NameChain.address("bob"), LABEL)),
        chain.ok("alice", 0, new NamingCall.Transfer(LABEL, NameChain.address("bob"))));
    assertEquals(
        List.of(new NameRecord("address", ACCOUNT), new NameRecord("note", Bytes.ofUtf8("hello"))),
        chain.view(new NamingCall.Records(LABEL), NamingResults::records));
    assertEquals(NamingRule.NOT_OWNER.code(), chain.refusal("alice", 0, set("note", ACCOUNT)));
    chain.ok("bob", 0, set("note", Bytes.EMPTY));
  }

  @Test
  void shortNamesCostMore() {
    NameChain chain = NameChain.start();
    for (Map.Entry<String, Long> each :
        Map.of("abc", 800L, "abcd", 200L, "abcde", 10L, "a".repeat(63), 10L).entrySet()) {
      assertEquals(
          Amount.of(each.getValue() * 3),
          chain.view(new NamingCall.Price(each.getKey(), 3), NamingResults::price));
    }
  }

  @Test
  void actsOnlyFromItsActivationHeight() {
    Map<String, String> parameters = new HashMap<>(NameChain.PARAMETERS);
    parameters.put("activationHeight", "3");
    NameChain chain = NameChain.start(parameters, "alice");
    NamingCall commit = new NamingCall.Commit(Sha256.hash(Bytes.EMPTY));
    assertEquals("TX-21", chain.refusal("alice", 0, commit));
    assertEquals("TX-21", refusal(chain, new NamingCall.Tariff()));
    chain.nextBlock(1);
    assertEquals("TX-21", chain.refusal("alice", 0, commit));
    chain.nextBlock(1);
    chain.ok("alice", 0, commit);
  }

  @Test
  void anActivationHeightMustBeANumber() throws GenesisException {
    for (String wrong : List.of("-1", "", "soon", "9".repeat(16))) {
      assertThrows(
          GenesisException.class,
          () -> Corporations.load(Map.of("naming", Map.of("activationHeight", wrong))),
          wrong);
    }
    assertEquals(
        List.of("naming", "storage"),
        Corporations.load(Map.of("storage", Map.of(), "naming", Map.of("activationHeight", "7")))
            .stream()
            .map(Corporation::name)
            .toList());
  }

  @Test
  void genesisRefusesWhatItCannotDo() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("price", "1"),
            Map.of("price5", "-1"),
            Map.of("price5", "9".repeat(31)),
            Map.of("yearMillis", "999"),
            Map.of("yearMillis", "5000", "graceMillis", "5001"),
            Map.of("commitAgeMillis", "10", "commitLifeMillis", "10"))) {
      assertThrows(GenesisException.class, () -> NamingParameters.of(wrong), wrong.toString());
    }
  }
}
