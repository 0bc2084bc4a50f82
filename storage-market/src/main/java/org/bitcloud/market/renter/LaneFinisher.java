package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.StorageDigests;
import org.bitcloud.market.peer.PeerSession;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.Signatures;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Signature;
import org.jspecify.annotations.Nullable;

/// Finishes one provider's part of an object: its manifest, its revision, and the mark by which the
/// manifest is found.
final class LaneFinisher {
  private final KeyPair key;
  private final StorageDigests digests;
  private final Providers providers;

  LaneFinisher(KeyPair key, StorageDigests digests, Providers providers) {
    this.key = key;
    this.digests = digests;
    this.providers = providers;
  }

  /// A revision that both signed.
  record Signed(
      Counterparty party, StorageRevision revision, Signature renter, Signature provider) {}

  /// Stores the manifest after the sectors and agrees on the revision that lists all.
  ///
  /// May be repeated: what is done already stays as it is.
  ///
  /// @param roots the sectors of the object at this provider, in order
  Signed finish(Counterparty party, List<Hash> roots, Bytes manifest, Hash id)
      throws MarketException {
    Hash manifestRoot = SectorTree.rootOf(manifest.toArray());
    List<Hash> all = append(roots, manifestRoot);
    try (PeerSession session = providers.sectors(party.provider(), party.endpoint())) {
      Signed signed = agreed(party, all);
      if (signed == null) {
        write(session, party.contract(), manifest, manifestRoot);
        signed = revise(party, all);
      }
      Message _ =
          session.call(
              new Message.MarkManifest(party.contract(), manifestRoot, id, manifest.size()));
      // What an earlier run left behind without a revision.
      Message _ = session.call(new Message.DeleteSector(party.contract(), Hash.ZERO));
      return signed;
    }
  }

  /// Agrees on a revision without sectors.
  Signed empty(Counterparty party) throws MarketException {
    return revise(party, List.of());
  }

  private static List<Hash> append(List<Hash> roots, Hash last) {
    List<Hash> all = new ArrayList<>(roots);
    all.add(last);
    return all;
  }

  private static void write(PeerSession session, Hash contract, Bytes body, Hash root)
      throws MarketException {
    session.send(new Message.WriteSector(contract, body.size()));
    for (int at = 0; at < body.size(); at += Message.Chunk.DATA_BYTES_MAX) {
      int length = Math.min(Message.Chunk.DATA_BYTES_MAX, body.size() - at);
      session.send(new Message.Chunk(body.slice(at, length)));
    }
    Message _ = session.call(new Message.EndWrite(root));
  }

  // The newest revision if it lists exactly these sectors: an earlier run came that far.
  private @Nullable Signed agreed(Counterparty party, List<Hash> sectors) throws MarketException {
    try (PeerSession session = providers.contracts(party.provider(), party.endpoint())) {
      Signed newest = newest(session, party);
      boolean same =
          newest != null && newest.revision.root().equals(ContractTree.of(sectors).root());
      return same ? newest : null;
    }
  }

  private @Nullable Signed newest(PeerSession session, Counterparty party) throws MarketException {
    if (session.call(new Message.AskRevision(party.contract()))
        instanceof Message.LatestRevision known) {
      Signed signed =
          new Signed(party, known.revision(), known.renterSignature(), known.providerSignature());
      check(signed);
      return signed;
    }
    return null;
  }

  private Signed revise(Counterparty party, List<Hash> sectors) throws MarketException {
    try (PeerSession session = providers.contracts(party.provider(), party.endpoint())) {
      Signed newest = newest(session, party);
      if (newest == null) {
        return propose(session, party, sectors, 0, 0);
      }
      StorageRevision known = newest.revision;
      if (known.root().equals(ContractTree.of(sectors).root())) {
        return newest;
      }
      boolean isBeginning =
          known.sectors() <= sectors.size()
              && ContractTree.of(sectors.subList(0, (int) known.sectors()))
                  .root()
                  .equals(known.root());
      return propose(
          session, party, sectors, known.revision(), isBeginning ? (int) known.sectors() : 0);
    }
  }

  // Long lists take several revisions. What an earlier run listed is kept when it is a beginning
  // of this list, else replaced as a whole.
  private Signed propose(
      PeerSession session, Counterparty party, List<Hash> sectors, long number, int keep)
      throws MarketException {
    ContractTree tree = ContractTree.of(sectors.subList(0, keep));
    int at = keep;
    long next = number;
    Signed signed;
    do {
      int to = Math.min(sectors.size(), at + Message.ProposeRevision.APPENDED_MAX);
      List<Hash> appended = sectors.subList(at, to);
      appended.forEach(tree::append);
      next++;
      StorageRevision revision = new StorageRevision(party.contract(), next, tree.root(), to);
      signed = sign(session, party, revision, at, appended);
      at = to;
    } while (at < sectors.size());
    return signed;
  }

  private Signed sign(
      PeerSession session,
      Counterparty party,
      StorageRevision revision,
      long keep,
      List<Hash> appended)
      throws MarketException {
    Signature mine = key.sign(digests.of(revision));
    Message.RevisionSigned answer =
        (Message.RevisionSigned)
            session.call(new Message.ProposeRevision(revision, keep, appended, mine));
    Signed signed = new Signed(party, revision, mine, answer.providerSignature());
    check(signed);
    return signed;
  }

  private void check(Signed signed) throws MarketException {
    Hash digest = digests.of(signed.revision);
    if (!Signatures.isBy(key.address(), digest, signed.renter)
        || !Signatures.isBy(signed.party.provider(), digest, signed.provider)) {
      throw new MarketException(
          MarketError.BAD_SIGNATURE, "the signatures under its revision are not of both parties");
    }
  }
}
