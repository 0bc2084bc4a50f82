package org.bitcloud.market.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.sector.SectorRange;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.merkle.MerkleProof;

/// One message of each type, made of simple values.
final class Samples {
  static final Hash GENESIS = Sha256.hash(Bytes.ofUtf8("genesis"));
  static final KeyPair RENTER = KeyPair.of(Sha256.hash(Bytes.ofUtf8("renter")).bytes());
  static final KeyPair PROVIDER = KeyPair.of(Sha256.hash(Bytes.ofUtf8("provider")).bytes());
  static final Hash CONTRACT = Sha256.hash(Bytes.ofUtf8("contract"));
  static final Bytes NONCE = Sha256.hash(Bytes.ofUtf8("nonce")).bytes();
  static final byte[] BODY = body();
  static final Hash ROOT = SectorTree.rootOf(BODY);
  static final Hash ID = Sha256.hash(Bytes.wrap(BODY));

  private Samples() {}

  static byte[] body() {
    byte[] body = new byte[1024];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }
    return body;
  }

  static Signature signature() {
    return RENTER.sign(CONTRACT);
  }

  static StorageTerms terms() {
    return new StorageTerms(
        RENTER.address(),
        PROVIDER.address(),
        8,
        Amount.of(20_000),
        Amount.of(60_000),
        5,
        4325,
        77,
        1_000);
  }

  static StorageRevision revision() {
    return new StorageRevision(CONTRACT, 3, ROOT, 1);
  }

  static PriceList prices() {
    return new PriceList(
        Amount.of(20_000),
        Amount.of(1),
        Amount.of(2),
        Amount.of(60_000),
        1,
        100_000,
        4_096,
        4_000,
        Bytes.ofUtf8("endpoint"),
        Bytes.ofUtf8("peer"),
        50_000);
  }

  static SectorRange range() {
    SectorTree tree = new SectorTree(2);
    tree.hash(0, BODY, 0, 2);
    return new SectorRange(
        1, Bytes.wrap(BODY).slice(512, 512), MerkleProof.siblings(8192, 1, 1, tree.nodes()));
  }

  static Map<String, Message> all() {
    Map<String, Message> all = new LinkedHashMap<>();
    all.put("hello", new Message.Hello(Protocol.SECTOR.id()));
    all.put("refused", new Message.Refused(MarketError.CONTRACT_FULL, "the contract is full"));
    all.put("askPrice", new Message.AskPrice());
    all.put("priceQuote", new Message.PriceQuote(PROVIDER.address(), prices(), signature()));
    all.put("proposeTerms", new Message.ProposeTerms(terms(), signature()));
    all.put("termsSigned", new Message.TermsSigned(CONTRACT, signature()));
    all.put(
        "proposeRevision", new Message.ProposeRevision(revision(), 0, List.of(ROOT), signature()));
    all.put("revisionSigned", new Message.RevisionSigned(CONTRACT, 3, signature()));
    all.put("askRevision", new Message.AskRevision(CONTRACT));
    all.put("latestRevision", new Message.LatestRevision(revision(), signature(), signature()));
    all.put("noRevision", new Message.NoRevision(CONTRACT));
    sector(all);
    return all;
  }

  private static void sector(Map<String, Message> all) {
    Address provider = PROVIDER.address();
    SectorRange range = range();
    all.put("askChallenge", new Message.AskChallenge(RENTER.address()));
    all.put("challenge", new Message.Challenge(NONCE, provider));
    all.put("answerChallenge", new Message.AnswerChallenge(signature()));
    all.put("authenticated", new Message.Authenticated());
    all.put("writeSector", new Message.WriteSector(CONTRACT, 1024));
    all.put("chunk", new Message.Chunk(Bytes.wrap(BODY).slice(0, 100)));
    all.put("endWrite", new Message.EndWrite(ROOT));
    all.put("sectorWritten", new Message.SectorWritten(ROOT));
    all.put("readRange", new Message.ReadRange(ROOT, 1, 1));
    all.put("rangeProof", new Message.RangeProof(ROOT, 1, 1, range.proof()));
    all.put("deleteSector", new Message.DeleteSector(CONTRACT, ROOT));
    all.put("sectorDeleted", new Message.SectorDeleted(ROOT));
    all.put("askRoots", new Message.AskRoots(CONTRACT, 0, 100));
    all.put("roots", new Message.Roots(CONTRACT, 0, 1, List.of(ROOT)));
    all.put("markManifest", new Message.MarkManifest(CONTRACT, ROOT, ID, 1024));
    all.put("manifestMarked", new Message.ManifestMarked(ID));
    all.put("askManifest", new Message.AskManifest(ID));
    all.put("manifestFound", new Message.ManifestFound(ID, 1024));
  }
}
