package org.bitcloud.contracts.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever people do, the corporation says what a model of a few lines says.
class NamesPropertyTest {
  private static final List<String> PEOPLE = List.of("alice", "bob", "carol");
  private static final List<String> LABELS = List.of("abc", "abcd", "a-long-name");
  private static final List<String> KEYS = List.of("address", "note", "x.y-z");
  private static final int ACTS = 150;

  /// A name as the model has it.
  private static final class Held {
    String owner;
    long expires;
    final Map<String, Bytes> records = new LinkedHashMap<>();

    Held(String owner, long expires) {
      this.owner = owner;
      this.expires = expires;
    }
  }

  /// A chain on which random things happen, and what should be on it.
  private static final class World {
    final Choices choices;
    final NameChain chain = NameChain.start(PEOPLE.toArray(String[]::new));
    final Map<String, Held> names = new LinkedHashMap<>();
    final Map<String, Long> commitments = new LinkedHashMap<>();
    final Set<NamePhase> phases;

    World(Choices choices, Set<NamePhase> phases) {
      this.choices = choices;
      this.phases = phases;
    }

    void act() {
      String who = choices.pick(PEOPLE);
      String label = choices.pick(LABELS);
      switch (choices.below(12)) {
        case 0, 1 -> commit(who, label);
        case 2, 3 -> reveal(who, label, choices.between(1, 2));
        case 4 -> {
          commit(who, label);
          chain.nextBlock(NameChain.AGE);
          reveal(who, label, 1);
        }
        case 5 -> renew(who, label, choices.between(1, 9));
        case 6 -> transfer(who, label, choices.pick(PEOPLE));
        case 7, 8 -> set(who, label);
        default ->
            chain.nextBlock(
                choices.pick(List.of(1L, NameChain.AGE, NameChain.LIFE, 150_000L, 150_000L)));
      }
    }

    private void expect(boolean allowed, String who, long drops, NamingCall call) {
      TransactionResult result = chain.send(who, Amount.of(drops), call.encode());
      assertEquals(
          allowed, result.success(), () -> who + " " + call + ": " + NameChain.reason(result));
      assertTrue(allowed || NameChain.reason(result).startsWith("NAM-"));
    }

    private static Commitment commitment(String who, String label) {
      return new Commitment(label, NameChain.address(who), Hash.ZERO);
    }

    private void commit(String who, String label) {
      @Nullable Long earlier = commitments.get(who + label);
      boolean allowed = earlier == null || chain.now() - earlier >= NameChain.LIFE;
      expect(allowed, who, 0, new NamingCall.Commit(commitment(who, label).hash()));
      if (allowed) {
        commitments.put(who + label, chain.now());
      }
    }

    private void reveal(String who, String label, int years) {
      @Nullable Long committed = commitments.get(who + label);
      long age = committed == null ? -1 : chain.now() - committed;
      boolean allowed =
          age >= NameChain.AGE && age < NameChain.LIFE && phase(label) == NamePhase.FREE;
      expect(
          allowed, who, price(label, years), new NamingCall.Reveal(commitment(who, label), years));
      if (allowed) {
        commitments.remove(who + label);
        names.put(label, new Held(who, chain.now() + years * NameChain.YEAR));
      }
    }

    private void renew(String who, String label, int years) {
      @Nullable Held held = names.get(label);
      boolean allowed =
          held != null
              && phase(label) != NamePhase.FREE
              && held.expires + years * NameChain.YEAR <= chain.now() + 10 * NameChain.YEAR;
      expect(allowed, who, price(label, years), new NamingCall.Renew(label, years));
      if (held != null && allowed) {
        held.expires += years * NameChain.YEAR;
      }
    }

    private @Nullable Held owned(String who, String label) {
      @Nullable Held held = names.get(label);
      return held != null && phase(label) == NamePhase.ACTIVE && held.owner.equals(who)
          ? held
          : null;
    }

    private void transfer(String who, String label, String to) {
      @Nullable Held held = owned(who, label);
      expect(held != null, who, 0, new NamingCall.Transfer(label, NameChain.address(to)));
      if (held != null) {
        held.owner = to;
      }
    }

    private void set(String who, String label) {
      String key = choices.pick(KEYS);
      Bytes value =
          choices.oneIn(3)
              ? Bytes.EMPTY
              : Bytes.wrap(choices.bytes(key.equals("address") ? Address.SIZE : 3));
      @Nullable Held held = owned(who, label);
      boolean allowed = held != null && (!value.isEmpty() || held.records.containsKey(key));
      expect(allowed, who, 0, new NamingCall.SetRecord(label, new NameRecord(key, value)));
      if (held != null && allowed) {
        if (value.isEmpty()) {
          held.records.remove(key);
        } else {
          held.records.put(key, value);
        }
      }
    }

    private static long price(String label, int years) {
      return years * (label.length() == 3 ? 800L : label.length() == 4 ? 200 : 10);
    }

    private NamePhase phase(String label) {
      @Nullable Held held = names.get(label);
      if (held == null || chain.now() >= held.expires + NameChain.GRACE) {
        return NamePhase.FREE;
      }
      return chain.now() < held.expires ? NamePhase.ACTIVE : NamePhase.GRACE;
    }

    void compare() {
      chain.checkBooks();
      for (String label : LABELS) {
        NameStatus status = chain.status(label);
        assertEquals(phase(label), status.phase(), label);
        phases.add(status.phase());
        @Nullable Held held = names.get(label);
        if (held == null || status.phase() == NamePhase.FREE) {
          assertEquals(NameStatus.FREE, status);
          continue;
        }
        assertEquals(NameChain.address(held.owner), status.owner());
        assertEquals(held.expires, status.expiresMillis());
        assertEquals(held.records.size(), status.records());
        if (status.phase() == NamePhase.ACTIVE) {
          List<NameRecord> expected =
              held.records.entrySet().stream()
                  .map(each -> new NameRecord(each.getKey(), each.getValue()))
                  .toList();
          assertEquals(expected, chain.view(new NamingCall.Records(label), NamingResults::records));
        }
      }
    }
  }

  @Test
  void namesAreThoseOfTheModelWhateverHappens() {
    Set<NamePhase> phases = EnumSet.noneOf(NamePhase.class);
    Property.named("names are those of the model")
        .runs(25)
        .check(
            choices -> {
              World world = new World(choices, phases);
              for (int i = 0; i < ACTS; i++) {
                world.act();
                world.compare();
              }
            });
    assertEquals(EnumSet.allOf(NamePhase.class), phases, "the histories reach every phase");
  }

  @Test
  void equalHistoriesGiveEqualStatesAndEqualGas() {
    Property.named("naming is deterministic")
        .runs(3)
        .check(
            choices -> {
              long seed = choices.longBetween(0, 1L << 40);
              assertEquals(history(seed), history(seed));
            });
  }

  /// The state holds every balance, thus every fee and all gas.
  private static Map<Bytes, Bytes> history(long seed) {
    World world = new World(Choices.ofSeed(seed), EnumSet.noneOf(NamePhase.class));
    for (int i = 0; i < ACTS; i++) {
      world.act();
    }
    return world.chain.entries();
  }
}
