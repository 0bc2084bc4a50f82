package org.bitcloud.market.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.peer.PeerSession;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.Protocol;
import org.bitcloud.market.sector.MemorySectorStore;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// The provider's machine loses power at every single change of its disks; what it acknowledged
/// must be there afterwards, and the renter must be able to go on.
class CrashTest {
  private static final List<Bytes> BODIES = List.of(body(1), body(2), body(3), body(4));

  private static Bytes body(int seed) {
    byte[] bytes = new byte[70_000];
    Seeds.random(seed).nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /// What the provider said that it has.
  private static final class Promises {
    Signature terms;
    final List<Hash> written = new ArrayList<>();
    final Map<Long, Signature> revisions = new HashMap<>();
    boolean manifest;
  }

  @Test
  void whatWasAcknowledgedSurvivesAndTheRenterGoesOn() throws Exception {
    long changes = changesOfTheWholeJob();
    assertTrue(changes >= 10, "the job does too little: " + changes);
    for (long failure = 0; failure < changes; failure++) {
      crashAndGoOn(failure, false);
      crashAndGoOn(failure, true);
    }
  }

  private static long changesOfTheWholeJob() throws Exception {
    try (TestMarket market = TestMarket.start(1)) {
      Power power = new Power(Long.MAX_VALUE, false);
      SectorStore _ = restart(market, power);
      job(market, new Promises());
      return power.changes();
    }
  }

  private static void crashAndGoOn(long failure, boolean afterwards) throws Exception {
    try (TestMarket market = TestMarket.start(1)) {
      Power power = new Power(failure, afterwards);
      SectorStore durable = restart(market, power);
      Promises promises = new Promises();
      String where = "failure at change " + failure + (afterwards ? ", after it" : ", before it");
      try {
        job(market, promises);
      } catch (MarketException expected) {
        assertTrue(power.isOff(), where + ": " + expected.getMessage());
      }
      TestMarket.Node node = market.node(0);
      node.provider().close();
      node.medium.crash();
      node.sectors = durable;
      market.start(node);
      assertKept(market, promises, where);
      job(market, promises);
      assertKept(market, promises, where + ", second run");
      market.nextWindow(market.nodes());
      int mask = new StorageClient(market.ledger).provider(node.key.address()).provenMask();
      assertEquals(20, Integer.bitCount(mask), where);
      assertEquals(3, node.sectors.usedSectors(), where);
    }
  }

  private static SectorStore restart(TestMarket market, Power power) throws Exception {
    TestMarket.Node node = market.node(0);
    market.stop(node);
    SectorStore durable = new MemorySectorStore(64);
    node.sectors = power.sectors(durable);
    market.start(node, power.book(MemoryStore.open(node.medium, ContractBook.columns())));
    return durable;
  }

  // Two revisions, the second of which replaces a sector, and a manifest.
  private static void job(TestMarket market, Promises promises) throws Exception {
    TestMarket.Node node = market.node(0);
    StorageTerms terms = HandMade.terms(market, node, 6, 7);
    Hash contract = HandMade.formOnce(market, node, terms, signature -> promises.terms = signature);
    List<Hash> roots = new ArrayList<>();
    try (PeerSession session = HandMade.session(market, node, Protocol.SECTOR)) {
      for (Bytes body : BODIES.subList(0, 3)) {
        roots.add(HandMade.write(session, contract, body));
        promises.written.add(roots.getLast());
      }
      revise(market, promises, HandMade.proposal(market, contract, 1, List.of(), roots));
      Hash fourth = HandMade.write(session, contract, BODIES.get(3));
      promises.written.add(fourth);
      List<Hash> kept = roots.subList(0, 2);
      revise(market, promises, HandMade.proposal(market, contract, 2, kept, List.of(fourth)));
      Hash id = Sha256.hash(BODIES.get(3));
      Message _ =
          session.call(new Message.MarkManifest(contract, fourth, id, BODIES.get(3).size()));
      promises.manifest = true;
      // A second run writes the third sector again, which no revision lists any more.
      Message _ = session.call(new Message.DeleteSector(contract, Hash.ZERO));
    }
    HandMade.post(market, node, contract);
    // Now the provider clears up what no challenge can ask for.
    long window = market.ledger.nextWindow().index();
    boolean _ = node.provider().awaitHandled(window, Duration.ofSeconds(20));
  }

  private static void revise(TestMarket market, Promises promises, Message.ProposeRevision proposal)
      throws Exception {
    try (PeerSession session = HandMade.session(market, market.node(0), Protocol.CONTRACT)) {
      Message latest = session.call(new Message.AskRevision(proposal.revision().contractId()));
      if (latest instanceof Message.LatestRevision l
          && l.revision().revision() > proposal.revision().revision()) {
        return;
      }
      Message.RevisionSigned signed = (Message.RevisionSigned) session.call(proposal);
      promises.revisions.put(signed.revision(), signed.providerSignature());
    }
  }

  // The second revision replaces the third sector, which may go when that is on chain.
  private static boolean isReplaced(Hash root, Promises promises) {
    return promises.revisions.containsKey(2L)
        && root.equals(SectorTree.rootOf(BODIES.get(2).toArray()));
  }

  private static void assertKept(TestMarket market, Promises promises, String where)
      throws Exception {
    TestMarket.Node node = market.node(0);
    if (promises.terms == null) {
      return;
    }
    try (PeerSession session = HandMade.session(market, node, Protocol.SECTOR)) {
      for (Hash root : promises.written) {
        if (!isReplaced(root, promises)) {
          Bytes leaves = session.fetch(new Message.ReadRange(root, 3, 2));
          assertEquals(1024, leaves.size(), where);
        }
      }
      if (promises.manifest) {
        Hash id = Sha256.hash(BODIES.get(3));
        assertEquals(BODIES.get(3), session.fetch(new Message.AskManifest(id)), where);
      }
    }
    long signed = promises.revisions.keySet().stream().mapToLong(n -> n).max().orElse(0);
    Hash contract = HandMade.contract(market, node);
    try (PeerSession session = HandMade.session(market, node, Protocol.CONTRACT)) {
      Message latest = session.call(new Message.AskRevision(contract));
      long there = latest instanceof Message.LatestRevision l ? l.revision().revision() : 0;
      assertTrue(there >= signed, where + ": revision " + there + " of " + signed);
    }
  }
}
