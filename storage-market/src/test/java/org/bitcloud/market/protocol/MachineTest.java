package org.bitcloud.market.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.market.MarketError;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Both machines against peers that break every rule, one at a time.
class MachineTest {
  private static final Message.Hello SECTOR = new Message.Hello(Protocol.SECTOR.id());
  private static final Message.Hello CONTRACT = new Message.Hello(Protocol.CONTRACT.id());
  private static final Message.WriteSector WRITE = new Message.WriteSector(Samples.CONTRACT, 1024);
  private static final Message.Chunk HALF = new Message.Chunk(Bytes.wrap(new byte[512]));
  private static final Message.EndWrite END = new Message.EndWrite(Samples.ROOT);

  private static ProviderMachine provider() {
    return new ProviderMachine(Samples.GENESIS, Samples.PROVIDER.address(), Samples.NONCE);
  }

  private static Message answer(KeyPair signer, Hash genesis, Bytes nonce) {
    SessionChallenge challenge =
        new SessionChallenge(genesis, nonce, Samples.RENTER.address(), Samples.PROVIDER.address());
    return new Message.AnswerChallenge(signer.sign(challenge.digest()));
  }

  private static List<Message> authenticated(Message... further) {
    List<Message> messages =
        new ArrayList<>(
            List.of(
                SECTOR,
                new Message.AskChallenge(Samples.RENTER.address()),
                answer(Samples.RENTER, Samples.GENESIS, Samples.NONCE)));
    messages.addAll(List.of(further));
    return messages;
  }

  private static Arguments breach(MarketError error, List<Message> messages) {
    return Arguments.of(error, messages);
  }

  static Stream<Arguments> breachesOfRenters() {
    Message ask = new Message.AskChallenge(Samples.RENTER.address());
    return Stream.of(
        breach(MarketError.UNEXPECTED_MESSAGE, List.of(new Message.AskPrice())),
        breach(MarketError.UNKNOWN_PROTOCOL, List.of(new Message.Hello("/bitcloud/other/1"))),
        breach(MarketError.UNEXPECTED_MESSAGE, List.of(SECTOR, SECTOR)),
        breach(MarketError.UNEXPECTED_MESSAGE, List.of(SECTOR, new Message.AskPrice())),
        breach(MarketError.UNEXPECTED_MESSAGE, List.of(CONTRACT, WRITE)),
        breach(MarketError.UNEXPECTED_MESSAGE, List.of(CONTRACT, ask)),
        breach(MarketError.NOT_AUTHENTICATED, List.of(SECTOR, WRITE)),
        breach(
            MarketError.NOT_AUTHENTICATED,
            List.of(SECTOR, new Message.DeleteSector(Samples.CONTRACT, Samples.ROOT))),
        breach(
            MarketError.NOT_AUTHENTICATED,
            List.of(SECTOR, new Message.AskRoots(Samples.CONTRACT, 0, 1))),
        breach(
            MarketError.NOT_AUTHENTICATED,
            List.of(
                SECTOR, new Message.MarkManifest(Samples.CONTRACT, Samples.ROOT, Samples.ID, 9))),
        breach(MarketError.UNEXPECTED_MESSAGE, List.of(SECTOR, ask, WRITE)),
        breach(
            MarketError.BAD_SIGNATURE,
            List.of(SECTOR, ask, answer(Samples.PROVIDER, Samples.GENESIS, Samples.NONCE))),
        breach(
            MarketError.BAD_SIGNATURE,
            List.of(SECTOR, ask, answer(Samples.RENTER, Samples.CONTRACT, Samples.NONCE))),
        breach(
            MarketError.BAD_SIGNATURE,
            List.of(
                SECTOR, ask, answer(Samples.RENTER, Samples.GENESIS, Samples.CONTRACT.bytes()))),
        breach(MarketError.UNEXPECTED_MESSAGE, authenticated(ask)),
        breach(MarketError.UNEXPECTED_MESSAGE, authenticated(HALF)),
        breach(MarketError.UNEXPECTED_MESSAGE, authenticated(END)),
        breach(MarketError.UNEXPECTED_MESSAGE, authenticated(WRITE, WRITE)),
        breach(
            MarketError.UNEXPECTED_MESSAGE,
            authenticated(WRITE, HALF, new Message.ReadRange(Samples.ROOT, 0, 1))),
        breach(MarketError.MALFORMED, authenticated(WRITE, HALF, END)),
        breach(MarketError.MALFORMED, authenticated(WRITE, HALF, HALF, HALF)),
        breach(MarketError.UNEXPECTED_MESSAGE, authenticated(new Message.Authenticated())),
        breach(
            MarketError.UNEXPECTED_MESSAGE,
            authenticated(new Message.SectorWritten(Samples.ROOT))));
  }

  @ParameterizedTest
  @MethodSource("breachesOfRenters")
  void theProviderEndsASessionAtTheFirstBreach(MarketError error, List<Message> messages) {
    ProviderMachine machine = provider();
    for (Message message : messages.subList(0, messages.size() - 1)) {
      for (Output output : machine.step(message)) {
        assertTrue(!(output instanceof Output.End), () -> "too early: " + output);
      }
    }
    List<Output> last = machine.step(messages.getLast());
    assertEquals(error, assertInstanceOf(Output.End.class, last.getFirst()).error());
    assertTrue(machine.isOver());
    assertEquals(List.of(), machine.step(SECTOR));
  }

  @Test
  void aSessionInOrderPerformsWhatIsAsked() {
    ProviderMachine machine = provider();
    List<Output> outputs = new ArrayList<>();
    Message read = new Message.ReadRange(Samples.ROOT, 0, 1);
    for (Message message : authenticated(WRITE, HALF, HALF, END, read)) {
      outputs.addAll(machine.step(message));
    }
    assertEquals(
        List.of(
            new Output.Send(new Message.Challenge(Samples.NONCE, Samples.PROVIDER.address())),
            new Output.Send(new Message.Authenticated()),
            new Output.Perform(WRITE, Samples.RENTER.address()),
            new Output.Perform(HALF, Samples.RENTER.address()),
            new Output.Perform(HALF, Samples.RENTER.address()),
            new Output.Perform(END, Samples.RENTER.address()),
            new Output.Perform(read, null)),
        outputs);
  }

  private static RenterMachine asking(Message request) {
    RenterMachine machine = new RenterMachine(Protocol.SECTOR);
    List<Output> _ = machine.ask(request);
    return machine;
  }

  private static final Message READ = new Message.ReadRange(Samples.ROOT, 1, 1);
  private static final Message FIND = new Message.AskManifest(Samples.ID);

  static Stream<Arguments> breachesOfProviders() {
    Message.RangeProof proof = new Message.RangeProof(Samples.ROOT, 1, 1, Samples.range().proof());
    Message.Chunk right = new Message.Chunk(Samples.range().data());
    return Stream.of(
        Arguments.of(READ, List.of(new Message.SectorWritten(Samples.ROOT))),
        Arguments.of(READ, List.of(right)),
        Arguments.of(
            READ, List.of(new Message.RangeProof(Samples.CONTRACT, 1, 1, proof.siblings()))),
        Arguments.of(READ, List.of(new Message.RangeProof(Samples.ROOT, 2, 1, proof.siblings()))),
        Arguments.of(READ, List.of(new Message.RangeProof(Samples.ROOT, 1, 2, proof.siblings()))),
        Arguments.of(READ, List.of(proof, proof)),
        Arguments.of(READ, List.of(proof, new Message.Chunk(Bytes.wrap(new byte[513])))),
        Arguments.of(READ, List.of(proof, new Message.Refused(MarketError.BUSY, "halfway"))),
        Arguments.of(FIND, List.of(new Message.ManifestFound(Samples.ROOT, 1024))),
        Arguments.of(FIND, List.of(proof)),
        Arguments.of(
            new Message.DeleteSector(Samples.CONTRACT, Samples.ROOT),
            List.of(new Message.SectorDeleted(Samples.CONTRACT))),
        Arguments.of(
            new Message.AskRoots(Samples.CONTRACT, 5, 1),
            List.of(new Message.Roots(Samples.CONTRACT, 4, 9, List.of()))),
        Arguments.of(
            new Message.AskRoots(Samples.CONTRACT, 5, 1),
            List.of(
                new Message.Roots(Samples.CONTRACT, 5, 9, List.of(Samples.ROOT, Samples.ROOT)))),
        Arguments.of(
            new Message.AskRevision(Samples.ROOT),
            List.of(new Message.NoRevision(Samples.CONTRACT))));
  }

  @ParameterizedTest
  @MethodSource("breachesOfProviders")
  void theRenterEndsASessionAtTheFirstBreach(Message request, List<Message> answers) {
    RenterMachine machine = asking(request);
    for (Message message : answers.subList(0, answers.size() - 1)) {
      assertEquals(List.of(), machine.step(message));
    }
    List<Output> last = machine.step(answers.getLast());
    assertInstanceOf(Output.End.class, last.getFirst());
    assertThrows(IllegalStateException.class, () -> machine.ask(READ));
  }

  @Test
  void anAnswerThatNobodyAskedForEndsTheSession() {
    RenterMachine machine = new RenterMachine(Protocol.SECTOR);
    assertInstanceOf(Output.End.class, machine.step(new Message.Authenticated()).getFirst());
  }

  @Test
  void bytesCountOnlyWhenTheyVerify() {
    Message proof = new Message.RangeProof(Samples.ROOT, 1, 1, Samples.range().proof());
    Bytes data = Samples.range().data();
    RenterMachine machine = asking(READ);
    assertEquals(List.of(), machine.step(proof));
    assertEquals(List.of(), machine.step(new Message.Chunk(data.slice(0, 100))));
    assertEquals(
        List.of(new Output.Received(READ, data)), machine.step(new Message.Chunk(data.slice(100))));

    byte[] wrong = data.toArray();
    wrong[511] ^= 1;
    machine = asking(READ);
    assertEquals(List.of(), machine.step(proof));
    Output failed = machine.step(new Message.Chunk(Bytes.wrap(wrong))).getFirst();
    assertEquals(MarketError.WRONG_BYTES, ((Output.Failed) failed).error());
  }

  @Test
  void manifestsCountOnlyWithTheirId() {
    RenterMachine machine = asking(FIND);
    Bytes body = Bytes.wrap(Samples.BODY);
    assertEquals(List.of(), machine.step(new Message.ManifestFound(Samples.ID, 1024)));
    assertEquals(List.of(new Output.Received(FIND, body)), machine.step(new Message.Chunk(body)));
    machine = asking(FIND);
    assertEquals(List.of(), machine.step(new Message.ManifestFound(Samples.ID, 1023)));
    Output failed = machine.step(new Message.Chunk(body.slice(0, 1023))).getFirst();
    assertEquals(MarketError.WRONG_BYTES, ((Output.Failed) failed).error());
  }

  @Test
  void refusalsAnswerTheOldestRequest() {
    RenterMachine machine = asking(READ);
    List<Output> _ = machine.ask(FIND);
    Message refused = new Message.Refused(MarketError.SECTOR_UNKNOWN, "gone");
    assertEquals(
        List.of(new Output.Failed(READ, MarketError.SECTOR_UNKNOWN, "gone")),
        machine.step(refused));
    assertEquals(1, machine.outstanding());
  }

  @Test
  void theCallerMayNotBreakTheProtocolEither() {
    RenterMachine machine = new RenterMachine(Protocol.SECTOR);
    assertThrows(IllegalStateException.class, () -> machine.ask(HALF));
    List<Output> _ = machine.ask(WRITE);
    assertThrows(IllegalStateException.class, () -> machine.ask(END));
    assertThrows(IllegalStateException.class, () -> machine.ask(READ));
    List<Output> _ = machine.ask(HALF);
    List<Output> _ = machine.ask(HALF);
    assertThrows(IllegalStateException.class, () -> machine.ask(HALF));
    List<Output> _ = machine.ask(END);
    for (int i = 1; i < RenterMachine.OUTSTANDING_MAX; i++) {
      List<Output> _ = machine.ask(READ);
    }
    assertThrows(IllegalStateException.class, () -> machine.ask(READ));
  }
}
