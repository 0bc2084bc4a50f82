package org.bitcloud.market.protocol;

import java.util.List;
import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.MarketError;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Signature;

/// Everything that travels between a renter and a provider; one frame holds one message.
///
/// `docs/spec/market-protocol.md` fixes the bytes. Each request has exactly one answer, in order;
/// `Refused` may stand for any answer.
public sealed interface Message {
  // ---- every protocol ----

  /// The first message of a stream: the name of its protocol.
  record Hello(String protocol) implements Message {
    /// Longest name, in bytes of UTF-8.
    public static final int PROTOCOL_BYTES_MAX = 64;
  }

  /// The answer to a request that was not done, and why.
  record Refused(MarketError error, String detail) implements Message {
    /// Longest detail, in bytes of UTF-8; longer text is cut.
    public static final int DETAIL_BYTES_MAX = 256;
  }

  // ---- /bitcloud/price/1 ----

  /// Asks for the price list in force.
  record AskPrice() implements Message {}

  /// The price list as the provider signs it for this network, fresher than the one on chain.
  record PriceQuote(Address provider, PriceList prices, Signature signature) implements Message {}

  // ---- /bitcloud/contract/1 ----

  /// Asks the provider to countersign terms.
  record ProposeTerms(StorageTerms terms, Signature renterSignature) implements Message {}

  /// The provider's signature under proposed terms.
  record TermsSigned(Hash contract, Signature providerSignature) implements Message {}

  /// Asks the provider to countersign a revision: of the sectors of the revision before, the first
  /// `keep` stay and `appended` follow.
  record ProposeRevision(
      StorageRevision revision, long keep, List<Hash> appended, Signature renterSignature)
      implements Message {
    /// Most roots in one message; longer lists take several revisions.
    public static final int APPENDED_MAX = 1024;

    /// Copies the roots.
    public ProposeRevision {
      appended = List.copyOf(appended);
    }
  }

  /// The provider's signature under a revision whose sectors are durable.
  record RevisionSigned(Hash contract, long revision, Signature providerSignature)
      implements Message {}

  /// Asks for the newest revision that both signed.
  record AskRevision(Hash contract) implements Message {}

  /// The newest revision that both signed.
  record LatestRevision(
      StorageRevision revision, Signature renterSignature, Signature providerSignature)
      implements Message {}

  /// Says that both have signed nothing for a contract since its terms.
  record NoRevision(Hash contract) implements Message {}

  // ---- /bitcloud/sector/1 ----

  /// Asks for a challenge, to write, delete or list as this renter.
  record AskChallenge(Address renter) implements Message {}

  /// A fresh number to sign together with genesis hash and both addresses.
  record Challenge(Bytes nonce, Address provider) implements Message {
    /// Size of the nonce.
    public static final int NONCE_BYTES = 32;
  }

  /// The renter's signature under [SessionChallenge#digest].
  record AnswerChallenge(Signature signature) implements Message {}

  /// Says that the renter is believed; writes may follow.
  record Authenticated() implements Message {}

  /// Begins a sector of a contract; chunks of `length` bytes in sum follow, then `EndWrite`.
  record WriteSector(Hash contract, int length) implements Message {}

  /// A piece of the bytes of a sector, range or manifest.
  record Chunk(Bytes data) implements Message {
    /// Most bytes in one chunk.
    public static final int DATA_BYTES_MAX = 64 * 1024;
  }

  /// Ends a sector and states its root.
  record EndWrite(Hash root) implements Message {}

  /// Says that the sector is durable.
  record SectorWritten(Hash root) implements Message {}

  /// Asks for leaves of a sector.
  record ReadRange(Hash root, int firstLeaf, int leafCount) implements Message {}

  /// The proof of the range asked for; chunks of `512 × leafCount` bytes in sum follow.
  record RangeProof(Hash root, int firstLeaf, int leafCount, List<Hash> siblings)
      implements Message {
    /// Most siblings a run of leaves of one sector can need.
    public static final int SIBLINGS_MAX = 26;

    /// Copies the siblings.
    public RangeProof {
      siblings = List.copyOf(siblings);
    }
  }

  /// Asks the provider to drop a sector that was written but is in no revision; a zero root means
  /// all that were written and are in none.
  record DeleteSector(Hash contract, Hash root) implements Message {}

  /// Says that the sector no longer belongs to the contract.
  record SectorDeleted(Hash root) implements Message {}

  /// Asks for the roots of the newest revision of a contract, from a position on.
  record AskRoots(Hash contract, long offset, int limit) implements Message {
    /// Most roots in one answer.
    public static final int LIMIT_MAX = 1024;
  }

  /// A page of the roots of a contract, and how many there are.
  record Roots(Hash contract, long offset, long total, List<Hash> roots) implements Message {
    /// Copies the roots.
    public Roots {
      roots = List.copyOf(roots);
    }
  }

  /// Marks a written sector of a contract as the manifest with an id of `length` bytes.
  record MarkManifest(Hash contract, Hash root, Hash id, int length) implements Message {}

  /// Says that the manifest will be found by its id.
  record ManifestMarked(Hash id) implements Message {}

  /// Asks for the manifest with an id.
  record AskManifest(Hash id) implements Message {}

  /// The manifest asked for has `length` bytes, which follow in chunks.
  record ManifestFound(Hash id, int length) implements Message {}
}
