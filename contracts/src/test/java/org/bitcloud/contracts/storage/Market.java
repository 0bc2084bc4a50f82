package org.bitcloud.contracts.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.Eip712;

/// What renters and providers do on a [MiniChain]: sign, form, revise, prove.
final class Market {
  static final Eip712.Domain DOMAIN = StorageAbi.domain(MiniChain.CHAIN_ID, MiniChain.GENESIS);

  final MiniChain chain;
  private final Map<Hash, Content> contents = new HashMap<>();
  private final Map<Hash, Long> revisions = new HashMap<>();
  private long nonce;

  /// A contract and who signs for it.
  record Deal(Hash id, StorageTerms terms, String renter, String provider) {}

  Market(MiniChain chain) {
    this.chain = chain;
  }

  StorageTerms terms(
      String renter, String provider, long sectors, long price, long collateral, long windows) {
    long start = chain.window().index();
    return new StorageTerms(
        MiniChain.address(renter),
        MiniChain.address(provider),
        sectors,
        Amount.of(price),
        Amount.of(collateral),
        start,
        start + windows,
        nonce++,
        chain.block().height() + 10);
  }

  static Bytes sign(Hash digest, String signer) {
    return MiniChain.key(signer).sign(digest).toBytes65();
  }

  static StorageCall.Form form(StorageTerms terms, String renter, String provider) {
    Hash digest = terms.digest(DOMAIN);
    return new StorageCall.Form(terms, sign(digest, renter), sign(digest, provider));
  }

  Deal form(
      String renter, String provider, long sectors, long price, long collateral, long windows) {
    StorageTerms terms = terms(renter, provider, sectors, price, collateral, windows);
    chain.ok(renter, terms.escrow(), form(terms, renter, provider));
    return new Deal(terms.digest(DOMAIN), terms, renter, provider);
  }

  StorageCall.Revise revision(Deal deal, StorageRevision revision) {
    Hash digest = revision.digest(DOMAIN);
    return new StorageCall.Revise(
        revision, sign(digest, deal.renter()), sign(digest, deal.provider()));
  }

  TransactionResult revise(Deal deal, Content content) {
    contents.put(content.root(), content);
    long number = revisions.merge(deal.id(), 1L, Long::sum);
    return chain.ok(
        deal.renter(),
        revision(deal, new StorageRevision(deal.id(), number, content.root(), content.sectors())));
  }

  /// A deal that holds the content from the next window on.
  Deal store(
      String renter, String provider, Content content, long price, long collateral, long windows) {
    Deal deal = form(renter, provider, content.sectors(), price, collateral, windows);
    revise(deal, content);
    return deal;
  }

  Content contentOf(Hash contract) {
    return contents.get(chain.contract(contract).frozen().root());
  }

  /// The proof of all drawn leaves that the provider still has.
  StorageProof proof(String provider, Predicate<Challenge.Drawn> has) {
    Map<Hash, TreeSet<Long>> leaves = new TreeMap<>();
    for (Challenge.Drawn drawn : chain.challenge(provider).leaves()) {
      if (has.test(drawn)) {
        leaves.computeIfAbsent(drawn.contractId(), _ -> new TreeSet<>()).add(drawn.leafIndex());
      }
    }
    List<StorageProof.Answer> answers = new ArrayList<>();
    leaves.forEach((id, indices) -> answers.add(contentOf(id).answer(id, List.copyOf(indices))));
    return new StorageProof(answers);
  }

  StorageCall.Prove proveCall(StorageProof proof) {
    return new StorageCall.Prove(chain.window().index(), proof.encode());
  }

  /// Proves the open window with what the provider has; nothing is sent if it has nothing.
  void prove(String provider, Predicate<Challenge.Drawn> has) {
    StorageProof proof = proof(provider, has);
    if (!proof.answers().isEmpty()) {
      chain.ok(provider, proveCall(proof));
    }
  }

  TransactionResult prove(String provider) {
    return chain.ok(provider, proveCall(proof(provider, _ -> true)));
  }

  void deposit(String provider, Amount amount) {
    chain.ok(provider, amount, new StorageCall.Deposit());
  }

  TransactionResult settle(String sender, String provider) {
    return chain.ok(sender, new StorageCall.Settle(MiniChain.address(provider)));
  }
}
