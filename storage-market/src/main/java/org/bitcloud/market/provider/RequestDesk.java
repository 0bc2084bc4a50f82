package org.bitcloud.market.provider;

import java.io.IOException;
import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.protocol.FrameWriter;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.provider.ContractBook.ManifestPlace;
import org.bitcloud.market.sector.CorruptSectorException;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.market.sector.SectorMissingException;
import org.bitcloud.market.sector.SectorRange;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.market.sector.SectorStoreException;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.jspecify.annotations.Nullable;

/// Answers the requests of sessions. One object serves all; what a session writes is in its
/// [SectorIntake].
final class RequestDesk {
  /// How much of an answer is in memory; a peer that does not read holds no more than this.
  static final int PIECE_BYTES = 512 * 1024;

  private final ContractDesk contracts;
  private final ContractBook book;
  private final SectorStore sectors;
  private final SectorKeeper keeper;
  private final PriceDuty prices;
  private final ByteRate rate;
  private final DamageLog damage;

  RequestDesk(
      ContractDesk contracts,
      ContractBook book,
      SectorStore sectors,
      SectorKeeper keeper,
      PriceDuty prices,
      ByteRate rate,
      DamageLog damage) {
    this.contracts = contracts;
    this.book = book;
    this.sectors = sectors;
    this.keeper = keeper;
    this.prices = prices;
    this.rate = rate;
    this.damage = damage;
  }

  /// Does a request that is not about writing a sector and sends its one answer.
  void perform(Message request, @Nullable Address renter, FrameWriter out)
      throws MarketException, IOException {
    try {
      switch (request) {
        case Message.ReadRange read -> sendRange(read, out);
        case Message.AskManifest ask -> sendManifest(ask, out);
        default -> out.write(answer(request, renter));
      }
    } catch (SectorMissingException e) {
      throw new MarketException(MarketError.SECTOR_UNKNOWN, message(e), e);
    } catch (CorruptSectorException e) {
      damage.report(e.root());
      throw new MarketException(MarketError.SECTOR_CORRUPT, message(e), e);
    } catch (SectorStoreException e) {
      throw new MarketException(MarketError.STORAGE_FAILED, message(e), e);
    }
  }

  private Message answer(Message request, @Nullable Address renter) throws MarketException {
    return switch (request) {
      case Message.AskPrice _ -> prices.quote();
      case Message.ProposeTerms m -> contracts.sign(m);
      case Message.ProposeRevision m -> contracts.sign(m);
      case Message.AskRevision m -> contracts.find(m);
      case Message.DeleteSector m -> delete(m, named(renter));
      case Message.AskRoots m -> contracts.list(m, named(renter));
      case Message.MarkManifest m -> mark(m, named(renter));
      default ->
          throw new MarketException(
              MarketError.UNEXPECTED_MESSAGE, request.getClass().getSimpleName());
    };
  }

  private Message delete(Message.DeleteSector request, Address renter) throws MarketException {
    Hash contract = contracts.owned(request.contract(), renter).id;
    if (request.root().isZero()) {
      keeper.discardWaiting(contract);
    } else {
      keeper.discard(contract, request.root());
    }
    return new Message.SectorDeleted(request.root());
  }

  private Message mark(Message.MarkManifest request, Address renter) throws MarketException {
    ContractEntry entry = contracts.writable(request.contract(), renter);
    Bytes manifest = head(request.root(), request.length());
    if (!Sha256.hash(manifest).equals(request.id())) {
      throw new MarketException(
          MarketError.ROOT_MISMATCH, "the sector does not begin with manifest " + request.id());
    }
    entry.lock.lock();
    try {
      if (!entry.tree.sectors().contains(request.root())) {
        throw new MarketException(
            MarketError.SECTOR_MISSING, "the newest revision does not list the manifest's sector");
      }
      @Nullable ManifestPlace before = book.manifest(request.id());
      if (before == null || book.entry(before.contract()) == null) {
        book.mark(request.id(), new ManifestPlace(entry.id, request.root(), request.length()));
      }
    } finally {
      entry.lock.unlock();
    }
    return new Message.ManifestMarked(request.id());
  }

  private void sendRange(Message.ReadRange read, FrameWriter out)
      throws MarketException, IOException {
    if (read.firstLeaf() + read.leafCount() > Sector.LEAVES) {
      throw new MarketException(
          MarketError.RANGE_INVALID,
          read.leafCount() + " leaves from " + read.firstLeaf() + " leave the sector");
    }
    int length = read.leafCount() * Sector.LEAF_BYTES;
    rate.take(length);
    if (length <= PIECE_BYTES) {
      // Bytes and proof at one go.
      SectorRange range = sectors.read(read.root(), read.firstLeaf(), read.leafCount());
      out.write(proof(read, range.proof()));
      sendChunks(range.data(), out);
      return;
    }
    List<Hash> siblings =
        MerkleProof.siblings(
            Sector.LEAVES, read.firstLeaf(), read.leafCount(), sectors.nodes(read.root()));
    send(proof(read, siblings), read.root(), read.firstLeaf(), length, out);
  }

  private static Message proof(Message.ReadRange read, List<Hash> siblings) {
    return new Message.RangeProof(read.root(), read.firstLeaf(), read.leafCount(), siblings);
  }

  private void sendManifest(Message.AskManifest ask, FrameWriter out)
      throws MarketException, IOException {
    @Nullable ManifestPlace place = book.manifest(ask.id());
    if (place == null) {
      throw new MarketException(MarketError.MANIFEST_UNKNOWN, "no manifest " + ask.id());
    }
    rate.take(place.length());
    send(new Message.ManifestFound(ask.id(), place.length()), place.root(), 0, place.length(), out);
  }

  // The first piece is read before the head is sent, so that what is not there is refused; damage
  // found later is said in the middle of the answer, which ends the session for the reader.
  private void send(Message head, Hash root, int firstLeaf, int length, FrameWriter out)
      throws IOException {
    Bytes piece = piece(root, firstLeaf, length);
    out.write(head);
    int sent = 0;
    while (true) {
      sendChunks(piece, out);
      sent += piece.size();
      if (sent == length) {
        return;
      }
      piece = piece(root, firstLeaf + sent / Sector.LEAF_BYTES, length - sent);
    }
  }

  private Bytes piece(Hash root, int firstLeaf, int left) {
    int length = Math.min(left, PIECE_BYTES);
    int leaves = Math.ceilDiv(length, Sector.LEAF_BYTES);
    return sectors.read(root, firstLeaf, leaves).data().slice(0, length);
  }

  private Bytes head(Hash root, int length) {
    int leaves = (length + Sector.LEAF_BYTES - 1) / Sector.LEAF_BYTES;
    return sectors.read(root, 0, leaves).data().slice(0, length);
  }

  private static void sendChunks(Bytes data, FrameWriter out) throws IOException {
    for (int at = 0; at < data.size(); at += Message.Chunk.DATA_BYTES_MAX) {
      int length = Math.min(Message.Chunk.DATA_BYTES_MAX, data.size() - at);
      out.write(new Message.Chunk(data.slice(at, length)));
    }
  }

  private static Address named(@Nullable Address renter) throws MarketException {
    if (renter == null) {
      throw new MarketException(MarketError.NOT_AUTHENTICATED, "answer a challenge first");
    }
    return renter;
  }

  private static String message(SectorStoreException e) {
    return String.valueOf(e.getMessage());
  }
}
