package org.bitcloud.contracts.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcloud.contracts.Log;
import org.bitcloud.contracts.Published;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiEvent;
import org.bitcloud.primitives.abi.AbiFunction;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.testkit.Golden;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

/// The published interface: every call, result and event comes back, and files in the repository
/// say the same as the code.
class NamingInterfaceTest {
  private static final Address OWNER = NameChain.address("alice");
  private static final Hash ID = Sha256.hash(Bytes.of((byte) 1));
  private static final NameRecord RECORD = new NameRecord("address", OWNER.bytes());
  private static final Commitment COMMITMENT = new Commitment("alice", OWNER, ID);

  private static List<NamingCall> calls() {
    return List.of(
        new NamingCall.Commit(ID),
        new NamingCall.Reveal(COMMITMENT, 2),
        new NamingCall.Renew("alice", 3),
        new NamingCall.Transfer("alice", OWNER),
        new NamingCall.SetRecord("alice", RECORD),
        new NamingCall.Resolve("alice", "address"),
        new NamingCall.Records("alice"),
        new NamingCall.Status("alice"),
        new NamingCall.Price("alice", 4),
        new NamingCall.HashOf(COMMITMENT),
        new NamingCall.Committed(OWNER, ID),
        new NamingCall.Tariff());
  }

  private static List<NamingEvent> events() {
    return List.of(
        new NamingEvent.Committed(ID, OWNER),
        new NamingEvent.NameRegistered(OWNER, "alice", 5, Amount.of(6)),
        new NamingEvent.NameRenewed("alice", 7, Amount.of(8)),
        new NamingEvent.NameTransferred(OWNER, NameChain.address("bob"), "alice"),
        new NamingEvent.RecordSet("alice", RECORD));
  }

  @Test
  void everyCallComesBackAndMatchesThePublishedInterface() throws MalformedException {
    List<AbiFunction> functions = NamingAbi.CONTRACT_ABI.functions();
    assertEquals(functions.size(), calls().size());
    for (int i = 0; i < functions.size(); i++) {
      NamingCall call = calls().get(i);
      Bytes encoded = call.encode();
      assertEquals(call, NamingCall.decode(encoded));
      List<Object> values = functions.get(i).decodeInput(encoded);
      assertEquals(encoded, functions.get(i).callWith(values.toArray()), functions.get(i).name());
    }
  }

  @Test
  void dirtyInputsAreRefused() {
    for (NamingCall call : calls()) {
      Bytes longer = Bytes.concat(call.encode(), Bytes.of((byte) 0));
      assertThrows(MalformedException.class, () -> NamingCall.decode(longer));
      Bytes shorter = call.encode().slice(0, call.encode().size() - 1);
      assertThrows(MalformedException.class, () -> NamingCall.decode(shorter));
    }
  }

  @Test
  void garbledCallsAreRefusedOrCanonical() {
    Property.named("garbled calls never crash")
        .runs(500)
        .check(
            choices -> {
              byte[] bytes = choices.pick(calls()).encode().toArray();
              bytes[choices.below(bytes.length)] ^= (byte) choices.between(1, 255);
              Bytes garbled = Bytes.wrap(bytes, 0, choices.between(1, bytes.length));
              try {
                assertEquals(garbled, NamingCall.decode(garbled).encode());
              } catch (MalformedException e) {
                assertEquals(false, String.valueOf(e.getMessage()).isEmpty());
              }
            });
  }

  private static Log log(Address address, NamingEvent event) {
    AbiEvent.Encoded encoded = event.encode();
    return new Log(address, encoded.topics(), encoded.data());
  }

  @Test
  void everyEventComesBack() throws MalformedException {
    assertEquals(NamingAbi.CONTRACT_ABI.events().size(), events().size());
    for (NamingEvent event : events()) {
      assertEquals(Optional.of(event), NamingEvent.decode(log(NamingAbi.ADDRESS, event)));
      assertEquals(Optional.empty(), NamingEvent.decode(log(OWNER, event)));
    }
  }

  @Test
  void viewsOfThePublishedInterfaceDecodeWithIt() throws MalformedException {
    NameChain chain = NameChain.start("alice");
    chain.register("alice", "alice", 1);
    chain.ok("alice", 0, new NamingCall.SetRecord("alice", RECORD));
    for (NamingCall view : calls().subList(5, calls().size())) {
      AbiFunction function =
          NamingAbi.CONTRACT_ABI.functions().stream()
              .filter(f -> view.encode().startsWith(f.selector()))
              .findFirst()
              .orElseThrow();
      Bytes output = chain.view(view, o -> o);
      List<Object> values = function.decodeOutput(output);
      assertEquals(output, function.encodeOutput(values.toArray()), function.name());
    }
    assertEquals(
        COMMITMENT.hash(), chain.view(new NamingCall.HashOf(COMMITMENT), NamingResults::hash));
  }

  @Test
  void tariffComesBack() throws Exception {
    NameChain chain = NameChain.start();
    assertEquals(
        NamingParameters.of(NameChain.PARAMETERS),
        chain.view(new NamingCall.Tariff(), NamingResults::tariff));
  }

  @Test
  void abiFilesAreUpToDate() {
    Published.assertAbi("Naming", NamingAbi.CONTRACT_ABI);
  }

  @Test
  void rulesOfTheSpecificationAreThoseOfTheCode() throws IOException {
    Published.assertRules("naming.md", "NAM-", NamingRule.values());
  }

  @Test
  void vectorsAreThoseOfTheSpecification() {
    Stream<String> fixed =
        Stream.of(
            "id(alice) " + Label.id("alice"),
            "commitment label alice owner " + OWNER + " secret " + ID,
            "commitmentHash " + COMMITMENT.hash());
    Stream<String> inputs =
        calls().stream()
            .map(call -> "call " + call.getClass().getSimpleName() + " " + call.encode());
    Stream<String> logs =
        events().stream()
            .map(
                event ->
                    "event %s topics %s data %s"
                        .formatted(
                            event.getClass().getSimpleName(),
                            event.encode().topics(),
                            event.encode().data()));
    Stream<String> entries = Stream.of("entry name " + new Name("alice", OWNER, 1, 2, 3).encode());
    String text =
        Stream.of(fixed, inputs, logs, entries)
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n", "", "\n"));
    Golden.file(Path.of("..", "docs", "spec", "naming-golden.txt")).matches(text);
  }
}
