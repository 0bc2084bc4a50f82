package org.bitcloud.market.provider;

import java.util.List;
import java.util.function.Consumer;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.StorageDigests;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.market.peer.PeerLimits;
import org.bitcloud.market.peer.PeerSession;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.Protocol;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Signature;

/// A renter that does each step by hand, so that tests can leave one out.
final class HandMade {
  private HandMade() {}

  /// Terms as the test market's providers accept them.
  static StorageTerms terms(TestMarket market, TestMarket.Node node, long sectors, long nonce)
      throws Exception {
    long window = market.ledger.window().index();
    return new StorageTerms(
        TestMarket.key("renter").address(),
        node.key.address(),
        sectors,
        TestMarket.OFFER.storage(),
        TestMarket.OFFER.collateral(),
        window + 1,
        window + 20,
        nonce,
        market.ledger.head().height().value() + 100);
  }

  /// Forms a contract on chain.
  static Hash form(TestMarket market, TestMarket.Node node, StorageTerms terms) throws Exception {
    KeyPair renter = TestMarket.key("renter");
    Hash id = new StorageDigests(market.ledger.network()).of(terms);
    try (PeerSession session = session(market, node, Protocol.CONTRACT);
        HeadGate heads = new HeadGate(market.ledger)) {
      Message.TermsSigned signed =
          (Message.TermsSigned) session.call(new Message.ProposeTerms(terms, renter.sign(id)));
      TxReceipt _ =
          new TransactionSender(market.ledger, heads, renter)
              .send(
                  StorageAbi.ADDRESS,
                  terms.escrow(),
                  new StorageCall.Form(
                          terms,
                          renter.sign(id).toBytes65(),
                          signed.providerSignature().toBytes65())
                      .encode())
              .await();
    }
    return id;
  }

  /// The contract that [#formOnce] formed.
  static Hash contract(TestMarket market, TestMarket.Node node) throws Exception {
    return new StorageClient(market.ledger).contractsOf(node.key.address()).getFirst();
  }

  /// Forms a contract on chain unless the provider has one there, as a renter does that goes on.
  static Hash formOnce(
      TestMarket market, TestMarket.Node node, StorageTerms terms, Consumer<Signature> signed)
      throws Exception {
    List<Hash> formed = new StorageClient(market.ledger).contractsOf(node.key.address());
    if (!formed.isEmpty()) {
      return formed.getFirst();
    }
    Hash id = form(market, node, terms);
    signed.accept(TestMarket.key("renter").sign(id));
    return id;
  }

  /// Posts the newest revision of a contract if the chain has an older one.
  static void post(TestMarket market, TestMarket.Node node, Hash contract) throws Exception {
    try (PeerSession session = session(market, node, Protocol.CONTRACT);
        HeadGate heads = new HeadGate(market.ledger)) {
      Message.LatestRevision latest =
          (Message.LatestRevision) session.call(new Message.AskRevision(contract));
      long onChain = new StorageClient(market.ledger).contract(contract).orElseThrow().revision();
      if (onChain < latest.revision().revision()) {
        TxReceipt _ =
            new TransactionSender(market.ledger, heads, TestMarket.key("renter"))
                .send(
                    StorageAbi.ADDRESS,
                    Amount.ZERO,
                    new StorageCall.Revise(
                            latest.revision(),
                            latest.renterSignature().toBytes65(),
                            latest.providerSignature().toBytes65())
                        .encode())
                .await();
      }
    }
  }

  /// A session of the renter.
  static PeerSession session(TestMarket market, TestMarket.Node node, Protocol protocol)
      throws Exception {
    PeerSession session =
        PeerSession.open(market.wire, node.provider().endpoint(), protocol, PeerLimits.DEFAULT);
    if (protocol == Protocol.SECTOR) {
      session.authenticate(
          TestMarket.key("renter"), market.ledger.network().genesisHash(), node.key.address());
    }
    return session;
  }

  /// Writes a sector.
  static Hash write(PeerSession session, Hash contract, Bytes body) throws Exception {
    Hash root = SectorTree.rootOf(body.toArray());
    session.send(new Message.WriteSector(contract, body.size()));
    for (int at = 0; at < body.size(); at += Message.Chunk.DATA_BYTES_MAX) {
      session.send(
          new Message.Chunk(
              body.slice(at, Math.min(Message.Chunk.DATA_BYTES_MAX, body.size() - at))));
    }
    Message _ = session.call(new Message.EndWrite(root));
    return root;
  }

  /// Asks for a revision that keeps some sectors and appends others.
  static Message.ProposeRevision proposal(
      TestMarket market, Hash contract, long number, List<Hash> kept, List<Hash> appended)
      throws Exception {
    ContractTree tree = ContractTree.of(kept);
    appended.forEach(tree::append);
    StorageRevision revision = new StorageRevision(contract, number, tree.root(), tree.size());
    Hash digest = new StorageDigests(market.ledger.network()).of(revision);
    return new Message.ProposeRevision(
        revision, kept.size(), appended, TestMarket.key("renter").sign(digest));
  }

  /// A contract with one sector whose revision is signed and not posted.
  static Hash make(TestMarket market, TestMarket.Node node, Bytes body) throws Exception {
    Hash contract = form(market, node, terms(market, node, 4, 1));
    Hash root;
    try (PeerSession session = session(market, node, Protocol.SECTOR)) {
      root = write(session, contract, body);
    }
    try (PeerSession session = session(market, node, Protocol.CONTRACT)) {
      Message _ = session.call(proposal(market, contract, 1, List.of(), List.of(root)));
    }
    return contract;
  }
}
