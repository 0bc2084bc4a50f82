package org.bitcloud.market.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.storage.Challenge;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.Page;
import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageParameters;
import org.bitcloud.contracts.storage.StorageResults;
import org.bitcloud.contracts.storage.StorageRule;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// The views of the Storage corporation, typed. Safe for any number of threads.
public final class StorageClient {
  // No list on chain is longer without something being wrong with the chain.
  private static final int PAGES_MAX = 10_000;

  private final Ledger ledger;

  /// A client of the Storage corporation on a ledger.
  public StorageClient(Ledger ledger) {
    this.ledger = ledger;
  }

  /// The ledger it asks.
  public Ledger ledger() {
    return ledger;
  }

  /// The open window.
  public WindowStatus window() throws LedgerException {
    return call(new StorageCall.Window(), StorageResults::window);
  }

  /// A window by its number.
  public WindowStatus windowAt(long index) throws LedgerException {
    return call(new StorageCall.WindowAt(index), StorageResults::window);
  }

  /// The corporation's parameters.
  public StorageParameters tariff() throws LedgerException {
    return call(new StorageCall.Tariff(), StorageResults::tariff);
  }

  /// A contract; empty when the chain has none with this id.
  public Optional<ContractStatus> contract(Hash id) throws LedgerException {
    try {
      return Optional.of(call(new StorageCall.Contract(id), StorageResults::contract));
    } catch (LedgerException e) {
      if (isRule(e, StorageRule.UNKNOWN_CONTRACT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The books of a provider.
  public ProviderStatus provider(Address provider) throws LedgerException {
    return call(new StorageCall.Provider(provider), StorageResults::provider);
  }

  /// The price list of a provider; [PriceList#NONE] when it has posted none.
  public PriceList priceList(Address provider) throws LedgerException {
    return call(new StorageCall.PriceListOf(provider), StorageResults::priceList);
  }

  /// What a provider has to prove in the open window.
  public Challenge challenge(Address provider) throws LedgerException {
    return call(new StorageCall.ChallengeOf(provider), StorageResults::challenge);
  }

  /// All addresses that ever posted prices or deposited.
  public List<Address> providers() throws LedgerException {
    return all(
        offset ->
            call(
                new StorageCall.Providers(offset, StorageParameters.PAGE_MAX),
                StorageResults::providers));
  }

  /// The ids of all contracts of a renter or provider, ended ones among them.
  public List<Hash> contractsOf(Address party) throws LedgerException {
    return all(
        offset ->
            call(
                new StorageCall.ContractsOf(party, offset, StorageParameters.PAGE_MAX),
                StorageResults::contractsOf));
  }

  /// Whether a revert is the breach of a rule of the Storage corporation.
  public static boolean isRule(LedgerException e, StorageRule rule) {
    return e.kind() == LedgerException.Kind.REVERTED
        && String.valueOf(e.getMessage()).contains(rule.code());
  }

  private interface Decoder<T> {
    T decode(Bytes output) throws MalformedException;
  }

  private interface Pages<T> {
    Page<T> from(long offset) throws LedgerException;
  }

  private <T> T call(StorageCall call, Decoder<T> decoder) throws LedgerException {
    Bytes output = ledger.call(StorageAbi.ADDRESS, call.encode());
    try {
      return decoder.decode(output);
    } catch (MalformedException e) {
      throw new LedgerException(
          LedgerException.Kind.UNAVAILABLE,
          "the ledger's answer to " + call.getClass().getSimpleName() + " is malformed",
          e);
    }
  }

  private static <T> List<T> all(Pages<T> pages) throws LedgerException {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < PAGES_MAX; i++) {
      Page<T> page = pages.from(all.size());
      all.addAll(page.entries());
      if (page.entries().isEmpty() || all.size() >= page.count()) {
        return all;
      }
    }
    throw new LedgerException(LedgerException.Kind.UNAVAILABLE, "a list on chain has no end");
  }
}
