package org.bitcloud.market.renter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageRule;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.Head;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.PostedPrices;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.market.peer.PeerSession;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.Signatures;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forms contracts: proposes terms to providers, several at a time, and brings what both signed on
/// chain. A provider that refuses or fails is replaced by a spare while there are any.
final class ContractFormer {
  private static final Logger LOG = LoggerFactory.getLogger(ContractFormer.class);

  /// Blocks within which terms must be formed.
  private static final long EXPIRY_BLOCKS = 1_000;

  /// How many end windows are tried when too many contracts of a provider end together.
  private static final int ENDS_TRIED_MAX = 8;

  private final Chain chain;
  private final KeyPair key;
  private final Providers providers;
  private final PutLog log;

  ContractFormer(Chain chain, KeyPair key, Providers providers, PutLog log) {
    this.chain = chain;
    this.key = key;
    this.providers = providers;
    this.log = log;
  }

  /// A shard position that needs a contract, and the provider meant for it.
  record Want(int position, PostedPrices provider) {}

  /// Forms a contract for each position it can.
  ///
  /// @param spares providers to fall back on; those used are removed
  /// @return what is on chain, by position; positions without a provider are missing
  Map<Integer, Agreement> form(List<Want> wants, Deque<PostedPrices> spares, PutRecord.Start start)
      throws MarketException {
    Map<Integer, Agreement> formed = new TreeMap<>();
    Deque<Want> open = new ArrayDeque<>(wants);
    while (!open.isEmpty()) {
      List<Agreement> agreed = propose(List.copyOf(open), start);
      open.clear();
      for (Agreement agreement : confirm(agreed)) {
        formed.put(agreement.position(), agreement);
      }
      for (Want want : wants) {
        if (!formed.containsKey(want.position()) && !spares.isEmpty()) {
          open.add(new Want(want.position(), spares.removeFirst()));
        }
      }
    }
    return formed;
  }

  /// Brings agreements of an earlier run on chain, or finds that they are there.
  ///
  /// @return those that are; the others are dropped
  List<Agreement> resume(List<Agreement> agreements) throws MarketException {
    List<Agreement> there = new ArrayList<>();
    List<Agreement> missing = new ArrayList<>();
    for (Agreement agreement : agreements) {
      ContractStatus status = Chain.ask(() -> chain.client().contract(agreement.id())).orElse(null);
      if (status == null) {
        missing.add(agreement);
      } else if (status.phase() == Phase.ACTIVE) {
        there.add(agreement);
      } else {
        log.add(new PutRecord.Dropped(agreement.id()));
      }
    }
    there.addAll(confirm(missing));
    return there;
  }

  private List<Agreement> propose(List<Want> wants, PutRecord.Start start) throws MarketException {
    WindowStatus window = Chain.ask(() -> chain.client().window());
    Head head = Chain.ask(() -> chain.client().ledger().head());
    ConcurrentLinkedQueue<Agreement> agreed = new ConcurrentLinkedQueue<>();
    Parallel.forEach(
        wants,
        want -> {
          try {
            agreed.add(propose(want, start, window, head));
          } catch (MarketException e) {
            log.warn(
                "provider " + want.provider().provider() + " takes no contract: " + e.getMessage());
          }
        });
    return List.copyOf(agreed);
  }

  private Agreement propose(Want want, PutRecord.Start start, WindowStatus window, Head head)
      throws MarketException {
    PostedPrices posted = want.provider();
    MarketException last = new MarketException(MarketError.TERMS_REFUSED, "no end window is free");
    for (int shift = 0; shift < ENDS_TRIED_MAX; shift++) {
      StorageTerms terms =
          new StorageTerms(
              key.address(),
              posted.provider(),
              start.sectorsEach(),
              posted.prices().storage(),
              posted.prices().collateral(),
              window.index() + 1,
              window.index() + 1 + start.windows() + shift,
              start.nonce(),
              head.height().value() + EXPIRY_BLOCKS);
      Agreement agreement = agree(want, terms);
      try {
        // Nothing is sent yet: this asks whether the chain would take it.
        long _ =
            chain
                .client()
                .ledger()
                .estimateGas(
                    key.address(),
                    org.bitcloud.contracts.storage.StorageAbi.ADDRESS,
                    terms.escrow(),
                    form(agreement).encode());
        return agreement;
      } catch (LedgerException e) {
        if (!StorageClient.isRule(e, StorageRule.ENDS_FULL)) {
          throw Chain.failed(e);
        }
        last = Chain.failed(e);
      }
    }
    throw last;
  }

  private Agreement agree(Want want, StorageTerms terms) throws MarketException {
    Hash id = chain.digests().of(terms);
    Signature mine = key.sign(id);
    try (PeerSession session =
        providers.contracts(terms.provider(), want.provider().prices().endpoint())) {
      Message answer = session.call(new Message.ProposeTerms(terms, mine));
      if (!(answer instanceof Message.TermsSigned signed)
          || !signed.contract().equals(id)
          || !Signatures.isBy(terms.provider(), id, signed.providerSignature())) {
        throw new MarketException(
            MarketError.BAD_SIGNATURE, "its signature under the terms is not its own");
      }
      return new Agreement(
          want.position(),
          id,
          terms,
          mine,
          signed.providerSignature(),
          want.provider().prices().endpoint());
    }
  }

  // All are sent before any is awaited, so that they share blocks.
  private List<Agreement> confirm(List<Agreement> agreements) throws MarketException {
    record OnItsWay(Agreement agreement, TransactionSender.Sent sent) {}
    List<OnItsWay> sent = new ArrayList<>();
    List<Agreement> formed = new ArrayList<>();
    for (Agreement agreement : agreements) {
      log.add(new PutRecord.Formed(agreement));
      try {
        sent.add(new OnItsWay(agreement, chain.send(agreement.terms().escrow(), form(agreement))));
      } catch (LedgerException e) {
        if (StorageClient.isRule(e, StorageRule.TERMS_USED)) {
          formed.add(agreement);
        } else {
          drop(agreement, e);
        }
      }
    }
    for (OnItsWay one : sent) {
      try {
        TxReceipt receipt = one.sent.await();
        log.add(new PutRecord.Fee(receipt.fee()));
        log.confirmed();
        formed.add(one.agreement);
      } catch (LedgerException e) {
        drop(one.agreement, e);
      }
    }
    return formed;
  }

  private void drop(Agreement agreement, LedgerException e) throws MarketException {
    LOG.debug("contract {} is not formed", agreement.id(), e);
    MarketException failure = Chain.failed(e);
    if (failure.error() != MarketError.TRANSACTION_FAILED) {
      // Without ledger or coins no other provider can help; the agreement stays in the journal.
      throw failure;
    }
    log.add(new PutRecord.Dropped(agreement.id()));
    log.warn(
        "contract with " + agreement.terms().provider() + " was not formed: " + e.getMessage());
  }

  private static StorageCall.Form form(Agreement agreement) {
    return new StorageCall.Form(
        agreement.terms(), agreement.renter().toBytes65(), agreement.provider().toBytes65());
  }
}
