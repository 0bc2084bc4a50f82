package org.bitcloud.contracts.storage;

import java.util.HashMap;
import java.util.Map;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiFunction;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.crypto.Signature;
import org.jspecify.annotations.Nullable;

/// A call of the Storage corporation: what a transaction's input, or `eth_call`'s, says.
public sealed interface StorageCall {
  /// Posts what the sender offers, in place of what it offered before.
  record PostPrices(PriceList prices) implements StorageCall {}

  /// Adds the coins sent to the sender's funds as a provider.
  record Deposit() implements StorageCall {}

  /// Takes coins out of the sender's free funds as a provider.
  record Withdraw(Amount amount) implements StorageCall {}

  /// Forms a contract; the coins sent are its escrow.
  record Form(StorageTerms terms, Bytes renterSignature, Bytes providerSignature)
      implements StorageCall {}

  /// Puts a revision on chain.
  record Revise(StorageRevision revision, Bytes renterSignature, Bytes providerSignature)
      implements StorageCall {}

  /// Answers the sender's challenge of the open window with an encoded [StorageProof].
  record Prove(long window, Bytes proof) implements StorageCall {}

  /// Settles closed windows of a provider for a small reward.
  record Settle(Address provider) implements StorageCall {}

  /// Ends a contract before its time, or claims what is left in an abandoned one.
  record End(Hash contractId) implements StorageCall {}

  /// Asks for the open window.
  record Window() implements StorageCall {}

  /// Asks for a window by its number.
  record WindowAt(long index) implements StorageCall {}

  /// Asks for a page of all providers.
  record Providers(long offset, long limit) implements StorageCall {}

  /// Asks for what a provider offers.
  record PriceListOf(Address provider) implements StorageCall {}

  /// Asks for a provider's books.
  record Provider(Address provider) implements StorageCall {}

  /// Asks for a contract.
  record Contract(Hash contractId) implements StorageCall {}

  /// Asks for a page of the contracts that an address is a party of.
  record ContractsOf(Address party, long offset, long limit) implements StorageCall {}

  /// Asks for what a provider must prove in the open window.
  record ChallengeOf(Address provider) implements StorageCall {}

  /// Asks for the corporation's parameters.
  record Tariff() implements StorageCall {}

  /// Asks for the hash that signatures are bound to.
  record GenesisHash() implements StorageCall {}

  /// Asks for the digest that signs terms.
  record TermsDigest(StorageTerms terms) implements StorageCall {}

  /// Asks for the digest that signs a revision.
  record RevisionDigest(StorageRevision revision) implements StorageCall {}

  /// The call as a transaction's input.
  default Bytes encode() {
    return switch (this) {
      case PostPrices c -> StorageAbi.POST_PRICES.call(w -> c.prices.writeFields(w));
      case Deposit _ -> StorageAbi.DEPOSIT.call(_ -> {});
      case Withdraw c -> StorageAbi.WITHDRAW.call(w -> w.uint(c.amount));
      case Form c ->
          StorageAbi.FORM.call(
              w -> {
                c.terms.write(w);
                w.bytes(c.renterSignature).bytes(c.providerSignature);
              });
      case Revise c ->
          StorageAbi.REVISE.call(
              w -> {
                c.revision.write(w);
                w.bytes(c.renterSignature).bytes(c.providerSignature);
              });
      case Prove c -> StorageAbi.PROVE.call(w -> w.uint(c.window).bytes(c.proof));
      case Settle c -> StorageAbi.SETTLE.call(w -> w.address(c.provider));
      case End c -> StorageAbi.END.call(w -> w.hash(c.contractId));
      case Window _ -> StorageAbi.WINDOW.call(_ -> {});
      case WindowAt c -> StorageAbi.WINDOW_AT.call(w -> w.uint(c.index));
      case Providers c -> StorageAbi.PROVIDERS.call(w -> w.uint(c.offset).uint(c.limit));
      case PriceListOf c -> StorageAbi.PRICE_LIST.call(w -> w.address(c.provider));
      case Provider c -> StorageAbi.PROVIDER.call(w -> w.address(c.provider));
      case Contract c -> StorageAbi.CONTRACT.call(w -> w.hash(c.contractId));
      case ContractsOf c ->
          StorageAbi.CONTRACTS_OF.call(w -> w.address(c.party).uint(c.offset).uint(c.limit));
      case ChallengeOf c -> StorageAbi.CHALLENGE.call(w -> w.address(c.provider));
      case Tariff _ -> StorageAbi.TARIFF.call(_ -> {});
      case GenesisHash _ -> StorageAbi.GENESIS_HASH.call(_ -> {});
      case TermsDigest c -> StorageAbi.TERMS_DIGEST.call(c.terms::write);
      case RevisionDigest c -> StorageAbi.REVISION_DIGEST.call(c.revision::write);
    };
  }

  /// Whether the input's first four bytes name a function of the corporation.
  static boolean isKnown(Bytes input) {
    return input.size() >= AbiFunction.SELECTOR_SIZE
        && Decoders.BY_SELECTOR.containsKey(input.slice(0, AbiFunction.SELECTOR_SIZE));
  }

  /// The call that an input says.
  ///
  /// @throws MalformedException if it names no function or its arguments are not canonical
  static StorageCall decode(Bytes input) throws MalformedException {
    AbiReader.ElementReader<StorageCall> decoder = isKnown(input) ? decoder(input) : null;
    if (decoder == null) {
      throw new MalformedException("input names no function of Storage");
    }
    return AbiReader.decode(input.slice(AbiFunction.SELECTOR_SIZE), decoder);
  }

  private static AbiReader.@Nullable ElementReader<StorageCall> decoder(Bytes input) {
    return Decoders.BY_SELECTOR.get(input.slice(0, AbiFunction.SELECTOR_SIZE));
  }

  /// How the arguments of each function are read.
  final class Decoders {
    private static final Map<Bytes, AbiReader.ElementReader<StorageCall>> BY_SELECTOR =
        new HashMap<>();

    static {
      acts();
      views();
    }

    private Decoders() {}

    private static void acts() {
      put(StorageAbi.POST_PRICES, in -> new PostPrices(PriceList.readFields(in)));
      put(StorageAbi.DEPOSIT, _ -> new Deposit());
      put(StorageAbi.WITHDRAW, in -> new Withdraw(in.uint()));
      put(StorageAbi.FORM, in -> new Form(StorageTerms.read(in), signature(in), signature(in)));
      put(
          StorageAbi.REVISE,
          in -> new Revise(StorageRevision.read(in), signature(in), signature(in)));
      put(StorageAbi.PROVE, in -> new Prove(in.uint64(), in.bytes(StorageProof.BYTES_MAX)));
      put(StorageAbi.SETTLE, in -> new Settle(in.address()));
      put(StorageAbi.END, in -> new End(in.hash()));
    }

    private static void views() {
      put(StorageAbi.WINDOW, _ -> new Window());
      put(StorageAbi.WINDOW_AT, in -> new WindowAt(in.uint64()));
      put(StorageAbi.PROVIDERS, in -> new Providers(in.uint64(), in.uint64()));
      put(StorageAbi.PRICE_LIST, in -> new PriceListOf(in.address()));
      put(StorageAbi.PROVIDER, in -> new Provider(in.address()));
      put(StorageAbi.CONTRACT, in -> new Contract(in.hash()));
      put(StorageAbi.CONTRACTS_OF, in -> new ContractsOf(in.address(), in.uint64(), in.uint64()));
      put(StorageAbi.CHALLENGE, in -> new ChallengeOf(in.address()));
      put(StorageAbi.TARIFF, _ -> new Tariff());
      put(StorageAbi.GENESIS_HASH, _ -> new GenesisHash());
      put(StorageAbi.TERMS_DIGEST, in -> new TermsDigest(StorageTerms.read(in)));
      put(StorageAbi.REVISION_DIGEST, in -> new RevisionDigest(StorageRevision.read(in)));
    }

    private static void put(AbiFunction function, AbiReader.ElementReader<StorageCall> decoder) {
      BY_SELECTOR.put(function.selector(), decoder);
    }

    private static Bytes signature(AbiReader in) throws MalformedException {
      return in.bytes(Signature.SIZE);
    }
  }
}
