package org.bitcloud.contracts.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitcloud.contracts.CallResult;
import org.bitcloud.contracts.Log;
import org.bitcloud.contracts.RulesChain;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;

/// A chain with the Naming corporation, which owes nobody anything.
final class NameChain extends RulesChain {
  static final long YEAR = 1_000_000;
  static final long GRACE = 200_000;
  static final long AGE = 2_000;
  static final long LIFE = 60_000;
  static final Map<String, String> PARAMETERS =
      Map.of(
          "yearMillis", Long.toString(YEAR),
          "graceMillis", Long.toString(GRACE),
          "commitAgeMillis", Long.toString(AGE),
          "commitLifeMillis", Long.toString(LIFE),
          "price3", "800",
          "price4", "200",
          "price5", "10");
  static final Hash SECRET = Sha256.hash(Bytes.ofUtf8("secret"));
  private static final Amount WEALTH = Amount.CLOUDCOIN.times(1_000);
  private static final long GAS_LIMIT = 2_000_000;

  private NameChain(Map<String, String> parameters) {
    super(NamingAbi.ADDRESS, Map.of("naming", parameters), GAS_LIMIT);
  }

  /// A chain in its first block, with rich accounts of the given names.
  static NameChain start(String... rich) {
    return start(PARAMETERS, rich);
  }

  static NameChain start(Map<String, String> parameters, String... rich) {
    NameChain chain = new NameChain(parameters);
    chain.begin(WEALTH, 1_000, rich);
    return chain;
  }

  long now() {
    return block().timeMillis();
  }

  /// Runs a call that must succeed and returns its events.
  List<NamingEvent> ok(String from, long drops, NamingCall call) {
    return events(succeed(from, Amount.of(drops), call.encode(), call).logs());
  }

  private static List<NamingEvent> events(List<Log> logs) {
    List<NamingEvent> events = new ArrayList<>();
    for (Log log : logs) {
      try {
        events.add(NamingEvent.decode(log).orElseThrow());
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }
    return events;
  }

  /// The code of the rule that a call breaks.
  String refusal(String from, long drops, Bytes input) {
    String code = refusal(from, Amount.of(drops), input);
    checkBooks();
    return code;
  }

  String refusal(String from, long drops, NamingCall call) {
    return refusal(from, drops, call.encode());
  }

  CallResult call(NamingCall call) {
    return ask(call.encode(), GAS_LIMIT);
  }

  <T> T view(NamingCall call, Decoder<T> decoder) {
    return decoded(call(call), decoder);
  }

  NameStatus status(String label) {
    return view(new NamingCall.Status(label), NamingResults::status);
  }

  /// Commits, waits for the least age and reveals.
  List<NamingEvent> register(String owner, String label, long years) {
    var commitment = new Commitment(label, address(owner), SECRET);
    ok(owner, 0, new NamingCall.Commit(commitment.hash()));
    nextBlock(AGE);
    long price = view(new NamingCall.Price(label, years), NamingResults::price).toLong();
    return ok(owner, price, new NamingCall.Reveal(commitment, years));
  }

  Amount burned() {
    return rules.supply(this).burned();
  }
}
