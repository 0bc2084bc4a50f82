package org.bitcloud.contracts.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// For every rule of the corporation one call that is valid but for it, and the code it gets.
class NamingRulesTest {
  private static final String LABEL = "alice";
  private static final Map<NamingRule, Row> ROWS = new EnumMap<>(NamingRule.class);

  /// What a row does: sets up a chain, sends the corrupted call, returns the code.
  private interface Row {
    String code(NameChain chain);
  }

  static {
    general();
    labels();
    commitments();
    registration();
    holding();
    records();
  }

  private static Commitment commitment(String label) {
    return new Commitment(label, NameChain.address("alice"), NameChain.SECRET);
  }

  private static NamingCall commit() {
    return new NamingCall.Commit(commitment(LABEL).hash());
  }

  private static NamingCall reveal(long years) {
    return new NamingCall.Reveal(commitment(LABEL), years);
  }

  private static NamingCall set(String key, int size) {
    return new NamingCall.SetRecord(LABEL, new NameRecord(key, Bytes.wrap(new byte[size])));
  }

  private static void general() {
    ROWS.put(
        NamingRule.UNKNOWN_FUNCTION,
        chain -> chain.refusal("alice", 0, Bytes.of((byte) 1, (byte) 2, (byte) 3)));
    ROWS.put(
        NamingRule.MALFORMED_CALL,
        chain -> chain.refusal("alice", 0, Bytes.concat(commit().encode(), Bytes.of((byte) 0))));
    ROWS.put(NamingRule.NOT_PAYABLE, chain -> chain.refusal("alice", 1, commit()));
  }

  private static Row revealing(String label) {
    return chain -> {
      chain.ok("alice", 0, new NamingCall.Commit(commitment(label).hash()));
      chain.nextBlock(NameChain.AGE);
      return chain.refusal("alice", 10, new NamingCall.Reveal(commitment(label), 1));
    };
  }

  private static void labels() {
    ROWS.put(NamingRule.LABEL_LENGTH, revealing("ab"));
    ROWS.put(NamingRule.LABEL_CHARACTERS, revealing("Alice"));
    ROWS.put(NamingRule.LABEL_HYPHENS, revealing("xn--alice"));
  }

  private static void commitments() {
    ROWS.put(
        NamingRule.COMMITMENT_KNOWN,
        chain -> {
          chain.ok("alice", 0, commit());
          chain.nextBlock(NameChain.LIFE - 1);
          return chain.refusal("alice", 0, commit());
        });
    ROWS.put(
        NamingRule.UNKNOWN_COMMITMENT,
        chain -> {
          // What one sender has committed to serves no other.
          chain.ok("alice", 0, commit());
          chain.nextBlock(NameChain.AGE);
          return chain.refusal("bob", 10, reveal(1));
        });
    ROWS.put(
        NamingRule.COMMITMENT_YOUNG,
        chain -> {
          chain.ok("alice", 0, commit());
          chain.nextBlock(NameChain.AGE - 1);
          return chain.refusal("alice", 10, reveal(1));
        });
    ROWS.put(
        NamingRule.COMMITMENT_OLD,
        chain -> {
          chain.ok("alice", 0, commit());
          chain.nextBlock(NameChain.LIFE);
          return chain.refusal("alice", 10, reveal(1));
        });
  }

  private static Row afterCommitting(long drops, NamingCall call) {
    return chain -> {
      chain.ok("alice", 0, commit());
      chain.nextBlock(NameChain.AGE);
      return chain.refusal("alice", drops, call);
    };
  }

  private static void registration() {
    ROWS.put(
        NamingRule.NAME_TAKEN,
        chain -> {
          chain.register("bob", LABEL, 1);
          return afterCommitting(10, reveal(1)).code(chain);
        });
    ROWS.put(NamingRule.YEARS_RANGE, afterCommitting(110, reveal(11)));
    ROWS.put(NamingRule.PAYMENT, afterCommitting(11, reveal(1)));
    ROWS.put(
        NamingRule.OWNER_ZERO,
        chain -> {
          chain.register("alice", LABEL, 1);
          return chain.refusal("alice", 0, new NamingCall.Transfer(LABEL, Address.ZERO));
        });
  }

  private static void holding() {
    ROWS.put(
        NamingRule.UNKNOWN_NAME,
        chain -> chain.refusal("alice", 10, new NamingCall.Renew(LABEL, 1)));
    ROWS.put(
        NamingRule.NAME_EXPIRED,
        chain -> {
          chain.register("alice", LABEL, 1);
          chain.nextBlock(NameChain.YEAR);
          return chain.refusal("alice", 0, set("note", 1));
        });
    ROWS.put(
        NamingRule.NOT_OWNER,
        chain -> {
          chain.register("alice", LABEL, 1);
          return chain.refusal("bob", 0, new NamingCall.Transfer(LABEL, NameChain.address("bob")));
        });
  }

  private static Row setting(NamingCall call) {
    return chain -> {
      chain.register("alice", LABEL, 1);
      return chain.refusal("alice", 0, call);
    };
  }

  private static void records() {
    ROWS.put(NamingRule.RECORD_KEY, setting(set("a_b", 1)));
    ROWS.put(NamingRule.RECORD_SIZE, setting(set("note", 513)));
    ROWS.put(NamingRule.RECORD_FORM, setting(set(NameRecord.ADDRESS, 19)));
    ROWS.put(
        NamingRule.RECORDS_FULL,
        chain -> {
          chain.register("alice", LABEL, 1);
          for (int i = 0; i < NamingParameters.RECORDS_MAX; i++) {
            chain.ok("alice", 0, set("note." + i, 512));
          }
          chain.ok("alice", 0, set("note.0", 1));
          return chain.refusal("alice", 0, set("one-more", 1));
        });
    ROWS.put(NamingRule.UNKNOWN_RECORD, setting(set("note", 0)));
  }

  @Test
  void everyRuleHasARow() {
    assertEquals(EnumSet.allOf(NamingRule.class), ROWS.keySet());
  }

  @TestFactory
  Stream<DynamicTest> eachRuleIsNamedWhenItAloneIsBroken() {
    return ROWS.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey().name(),
                    () ->
                        assertEquals(
                            row.getKey().code(),
                            row.getValue().code(NameChain.start("alice", "bob")))));
  }

  @Test
  void theCallsThatTheRowsCorruptAreValid() {
    NameChain chain = NameChain.start("alice", "bob");
    chain.register("alice", LABEL, 10);
    chain.ok("alice", 0, set("note", 512));
    chain.ok("alice", 0, set("note", 0));
    chain.ok("alice", 0, set(NameRecord.ADDRESS, 20));
    chain.ok("alice", 0, set(NameRecord.CONTENT, 32));
    chain.ok("alice", 0, set(NameRecord.PEER, 64));
    chain.ok("alice", 0, new NamingCall.Transfer(LABEL, NameChain.address("bob")));
    chain.nextBlock(NameChain.YEAR);
    chain.ok("alice", 10, new NamingCall.Renew(LABEL, 1));
    assertEquals(NameChain.address("bob"), chain.status(LABEL).owner());
  }

  @Test
  void viewsNameTheirRulesToo() {
    NameChain chain = NameChain.start("alice");
    assertEquals(
        "NAM-40 name is not registered", reason(chain, new NamingCall.Resolve(LABEL, "address")));
    assertEquals(
        "NAM-10 label must have 3 to 63 characters",
        reason(chain, new NamingCall.Status("a".repeat(64))));
    assertEquals(
        NamingRule.YEARS_RANGE.code(),
        reason(chain, new NamingCall.Price(LABEL, 11)).split(" ", 2)[0]);
    assertEquals(
        NamingRule.RECORD_KEY.code(),
        reason(chain, new NamingCall.Resolve(LABEL, "")).split(" ", 2)[0]);
  }

  private static String reason(NameChain chain, NamingCall call) {
    return chain.call(call).message();
  }

  @Test
  void commitmentsAreBoundToTheirOwner() {
    NameChain chain = NameChain.start("alice", "bob");
    chain.ok("alice", 0, commit());
    chain.nextBlock(NameChain.AGE);
    var other = new Commitment(LABEL, NameChain.address("bob"), NameChain.SECRET);
    assertEquals(
        NamingRule.UNKNOWN_COMMITMENT.code(),
        chain.refusal("alice", 10, new NamingCall.Reveal(other, 1)));
    assertEquals(
        NamingRule.OWNER_ZERO.code(),
        chain.refusal(
            "alice", 10, new NamingCall.Reveal(new Commitment(LABEL, Address.ZERO, Hash.ZERO), 1)));
  }
}
