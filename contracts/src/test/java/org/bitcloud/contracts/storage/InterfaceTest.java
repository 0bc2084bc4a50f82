package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.bitcloud.primitives.abi.AbiWriter;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.testkit.Golden;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

/// The published interface: every call, result and event comes back, and files in the repository
/// say the same as the code.
class InterfaceTest {
  private static final Address PROVIDER = MiniChain.address("provider");
  private static final Address RENTER = MiniChain.address("renter");
  private static final Hash ID = Sha256.hash(Bytes.of((byte) 1));
  private static final Hash ROOT = Sha256.hash(Bytes.of((byte) 2));
  private static final StorageTerms TERMS =
      new StorageTerms(
          RENTER,
          PROVIDER,
          2_560,
          Amount.of(4_629_620),
          Amount.of(60_000_000_000L),
          41,
          4_361,
          7,
          1_000);
  private static final StorageRevision REVISION = new StorageRevision(ID, 3, ROOT, 25);
  private static final PriceList PRICES =
      new PriceList(
          Amount.of(20),
          Amount.of(1),
          Amount.of(2),
          Amount.of(60),
          1,
          10_000,
          512,
          500,
          Bytes.of((byte) 4, (byte) 127, (byte) 0, (byte) 0, (byte) 1),
          Bytes.of((byte) 0, (byte) 37),
          9_999);

  private static List<StorageCall> calls() {
    Bytes signature = Bytes.wrap(new byte[65]);
    return List.of(
        new StorageCall.PostPrices(PRICES),
        new StorageCall.Deposit(),
        new StorageCall.Withdraw(Amount.of(5)),
        new StorageCall.Form(TERMS, signature, signature),
        new StorageCall.Revise(REVISION, signature, signature),
        new StorageCall.Prove(9, Bytes.of((byte) 1, (byte) 2)),
        new StorageCall.Settle(PROVIDER),
        new StorageCall.End(ID),
        new StorageCall.Window(),
        new StorageCall.WindowAt(3),
        new StorageCall.Providers(1, 2),
        new StorageCall.PriceListOf(PROVIDER),
        new StorageCall.Provider(PROVIDER),
        new StorageCall.Contract(ID),
        new StorageCall.ContractsOf(RENTER, 0, 10),
        new StorageCall.ChallengeOf(PROVIDER),
        new StorageCall.Tariff(),
        new StorageCall.GenesisHash(),
        new StorageCall.TermsDigest(TERMS),
        new StorageCall.RevisionDigest(REVISION));
  }

  @Test
  void everyCallComesBackAndMatchesThePublishedInterface() throws MalformedException {
    List<AbiFunction> functions = StorageAbi.CONTRACT_ABI.functions();
    assertEquals(functions.size(), calls().size());
    for (int i = 0; i < functions.size(); i++) {
      StorageCall call = calls().get(i);
      Bytes encoded = call.encode();
      assertEquals(call, StorageCall.decode(encoded));
      AbiFunction function = functions.get(i);
      List<Object> values = function.decodeInput(encoded);
      assertEquals(encoded, function.callWith(values.toArray()), function.name());
    }
  }

  @Test
  void dirtyInputsAreRefused() {
    for (StorageCall call : calls()) {
      Bytes longer = Bytes.concat(call.encode(), Bytes.of((byte) 0));
      assertThrows(MalformedException.class, () -> StorageCall.decode(longer));
      Bytes shorter = call.encode().slice(0, call.encode().size() - 1);
      assertThrows(MalformedException.class, () -> StorageCall.decode(shorter));
    }
  }

  private static List<StorageEvent> events() {
    Amount one = Amount.of(101);
    Amount two = Amount.of(102);
    return List.of(
        new StorageEvent.PricesPosted(PROVIDER, one, two, 3, 4),
        new StorageEvent.Deposited(PROVIDER, one, two),
        new StorageEvent.Withdrawn(PROVIDER, one, two),
        new StorageEvent.ContractFormed(ID, RENTER, PROVIDER, 4, one, 5, 6, one, two),
        new StorageEvent.ContractRevised(ID, RENTER, PROVIDER, 7, ROOT, 8),
        new StorageEvent.ContractEnding(ID, RENTER, PROVIDER, one),
        new StorageEvent.ContractEnded(ID, RENTER, PROVIDER, EndReason.IDLE, one, two, one),
        new StorageEvent.WindowProven(PROVIDER, 9, 0xfffff, 20),
        new StorageEvent.Settled(PROVIDER, 10, 19, one, two, one, two, one),
        new StorageEvent.ProviderEnded(PROVIDER, 11, one));
  }

  private static Log log(Address address, StorageEvent event) {
    AbiEvent.Encoded encoded = event.encode();
    return new Log(address, encoded.topics(), encoded.data());
  }

  @Test
  void everyEventComesBack() throws MalformedException {
    assertEquals(StorageAbi.CONTRACT_ABI.events().size(), events().size());
    for (StorageEvent event : events()) {
      assertEquals(Optional.of(event), StorageEvent.decode(log(StorageAbi.ADDRESS, event)));
      assertEquals(Optional.empty(), StorageEvent.decode(log(PROVIDER, event)));
    }
  }

  @Test
  void resultsComeBack() throws MalformedException {
    ProviderStatus provider =
        new ProviderStatus(
            true,
            Amount.of(1),
            Amount.of(2),
            Amount.of(3),
            Amount.of(4),
            Amount.of(5),
            6,
            7,
            0xff,
            Amount.of(8),
            Amount.of(9),
            10,
            11);
    assertEquals(provider, StorageResults.provider(AbiWriter.encode(provider::write)));
    Challenge challenge = new Challenge(1, ROOT, Amount.of(2), List.of(new Challenge.Drawn(ID, 3)));
    assertEquals(challenge, StorageResults.challenge(AbiWriter.encode(challenge::write)));
    MiniChain chain = MiniChain.start("provider");
    chain.ok("provider", new StorageCall.PostPrices(PRICES));
    assertEquals(
        PRICES, chain.view(new StorageCall.PriceListOf(PROVIDER), StorageResults::priceList));
    assertEquals(
        PriceList.NONE, chain.view(new StorageCall.PriceListOf(RENTER), StorageResults::priceList));
    assertEquals(
        new Page<>(1, List.of(PROVIDER)),
        chain.view(new StorageCall.Providers(0, 100), StorageResults::providers));
    assertEquals(
        new StorageParameters(MiniChain.WINDOW_MILLIS, 200, 10, 3, 3, 64),
        chain.view(new StorageCall.Tariff(), StorageResults::tariff));
    assertEquals(ProviderStatus.UNKNOWN, chain.provider("nobody"));
  }

  @Test
  void digestsOnChainAreThoseThatPartiesSign() {
    MiniChain chain = MiniChain.start();
    assertEquals(
        TERMS.digest(Market.DOMAIN),
        chain.view(new StorageCall.TermsDigest(TERMS), StorageResults::hash));
    assertEquals(
        REVISION.digest(Market.DOMAIN),
        chain.view(new StorageCall.RevisionDigest(REVISION), StorageResults::hash));
    assertEquals(
        MiniChain.GENESIS, chain.view(new StorageCall.GenesisHash(), StorageResults::hash));
  }

  @Test
  void viewsOfThePublishedInterfaceDecodeWithIt() throws MalformedException {
    MiniChain chain = MiniChain.start("renter", "provider");
    Market market = new Market(chain);
    market.deposit("provider", Amount.of(1_000_000));
    Market.Deal deal = market.store("renter", "provider", Content.of(1, 1), 20, 60, 9);
    chain.nextWindow();
    List<StorageCall> views =
        List.of(
            new StorageCall.Window(),
            new StorageCall.WindowAt(0),
            new StorageCall.Providers(0, 9),
            new StorageCall.PriceListOf(PROVIDER),
            new StorageCall.Provider(PROVIDER),
            new StorageCall.Contract(deal.id()),
            new StorageCall.ContractsOf(RENTER, 0, 9),
            new StorageCall.ChallengeOf(PROVIDER),
            new StorageCall.Tariff());
    for (StorageCall view : views) {
      AbiFunction function =
          StorageAbi.CONTRACT_ABI.functions().stream()
              .filter(f -> view.encode().startsWith(f.selector()))
              .findFirst()
              .orElseThrow();
      Bytes output = chain.view(view, o -> o);
      List<Object> values = function.decodeOutput(output);
      assertEquals(output, function.encodeOutput(values.toArray()), function.name());
    }
  }

  @Test
  void proofsComeBackAndGarbageIsRefused() throws MalformedException {
    StorageProof proof =
        new StorageProof(List.of(Content.of(1, 3).answer(ID, List.of(5L, 8_192L, 24_575L))));
    assertEquals(proof, StorageProof.decode(proof.encode()));
    Property.named("garbled proofs never crash")
        .runs(300)
        .check(
            choices -> {
              byte[] bytes = proof.encode().toArray();
              bytes[choices.below(bytes.length)] ^= (byte) choices.between(1, 255);
              Bytes garbled = Bytes.wrap(bytes, 0, choices.between(1, bytes.length));
              try {
                assertEquals(garbled, StorageProof.decode(garbled).encode());
              } catch (MalformedException e) {
                assertTrue(!String.valueOf(e.getMessage()).isEmpty());
              }
            });
  }

  @Test
  void abiFilesAreUpToDate() {
    Published.assertAbi("Storage", StorageAbi.CONTRACT_ABI);
  }

  @Test
  void rulesOfTheSpecificationAreThoseOfTheCode() throws IOException {
    Published.assertRules("storage-contract.md", "STO-", StorageRule.values());
  }

  @Test
  void vectorsAreThoseOfTheSpecification() {
    Hash beacon = StorageDraw.beacon(MiniChain.GENESIS, 42, ROOT);
    Content content = Content.of(1, 3);
    StorageProof proof =
        new StorageProof(List.of(content.answer(ID, List.of(5L, 8_192L, 24_575L))));
    Stream<String> fixed =
        Stream.of(
            "chainId 201403",
            "genesisHash " + MiniChain.GENESIS,
            "domainSeparator " + Market.DOMAIN.separator(),
            "terms " + TERMS,
            "termsDigest " + TERMS.digest(Market.DOMAIN),
            "revision " + REVISION,
            "revisionDigest " + REVISION.digest(Market.DOMAIN),
            "parentHash " + ROOT,
            "beacon(42) " + beacon,
            "provider " + PROVIDER);
    Stream<String> draws =
        Stream.iterate(0, i -> i < StorageParameters.DRAWS, i -> i + 1)
            .map(
                i ->
                    "draw %d point(due 1000000007) %s leaf(25 sectors) %d"
                        .formatted(
                            i,
                            StorageDraw.point(beacon, PROVIDER, i, Amount.of(1_000_000_007)),
                            StorageDraw.leaf(beacon, PROVIDER, i, 25)));
    Stream<String> proofs =
        Stream.of(
            "content: 3 sectors of 8192 leaves, leaf i is u64 1, 496 zero bytes, u64 i",
            "contractRoot " + content.root(),
            "proof of leaves 5, 8192 and 24575 of contract " + ID + ": " + proof.encode());
    Stream<String> codes =
        Stream.of(StorageRule.values()).map(rule -> rule.code() + " " + rule.text());
    String text =
        Stream.of(fixed, draws, proofs, codes)
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n", "", "\n"));
    Golden.file(Path.of("..", "docs", "spec", "storage-golden.txt")).matches(text);
  }
}
