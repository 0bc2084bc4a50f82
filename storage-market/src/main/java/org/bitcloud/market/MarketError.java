package org.bitcloud.market;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Everything that can go wrong between a renter and a provider, with its number on the wire.
///
/// Numbers below 100 travel in `Refused` messages; the others are local to a renter. A number is
/// never given a second meaning.
public enum MarketError {
  /// MALFORMED is returned when a frame or message breaks the format.
  MALFORMED(1, "malformed message"),
  /// UNEXPECTED_MESSAGE is returned when a well-formed message has no place in this state.
  UNEXPECTED_MESSAGE(2, "message not allowed now"),
  /// UNKNOWN_PROTOCOL is returned when the first frame names a protocol that is not served.
  UNKNOWN_PROTOCOL(3, "unknown protocol"),
  /// BUSY is returned when a limit of sessions or of memory is reached; later it may work.
  BUSY(4, "provider is at its limits"),
  /// TIMEOUT is returned when the peer made no progress for too long.
  TIMEOUT(5, "peer made no progress in time"),
  /// NOT_AUTHENTICATED is returned when a write, delete or list comes before the signed challenge.
  NOT_AUTHENTICATED(6, "session is not authenticated"),
  /// BAD_SIGNATURE is returned when a signature is not that of the party named.
  BAD_SIGNATURE(7, "signature does not match"),
  /// UNKNOWN_CONTRACT is returned when the provider never agreed to a contract.
  UNKNOWN_CONTRACT(8, "contract is not known here"),
  /// CONTRACT_NOT_FORMED is returned while an agreed contract is not on chain; later it may work.
  CONTRACT_NOT_FORMED(9, "contract is not on chain yet"),
  /// CONTRACT_ENDED is returned when the contract is over.
  CONTRACT_ENDED(10, "contract has ended"),
  /// NOT_YOUR_CONTRACT is returned when the authenticated renter is not the contract's.
  NOT_YOUR_CONTRACT(11, "contract belongs to another renter"),
  /// TERMS_REFUSED is returned when terms are outside of the provider's price list or policy.
  TERMS_REFUSED(12, "terms are outside of the price list"),
  /// NO_SPACE is returned when the provider has not enough free sectors.
  NO_SPACE(13, "not enough free space"),
  /// NO_COLLATERAL is returned when the provider has not enough free funds to lock.
  NO_COLLATERAL(14, "not enough free collateral"),
  /// CONTRACT_FULL is returned when a write would exceed the contract's sectors.
  CONTRACT_FULL(15, "contract is full"),
  /// STALE_REVISION is returned when a revision number is not above the newest one.
  STALE_REVISION(16, "revision is not newer"),
  /// ROOT_MISMATCH is returned when bytes or sector lists do not hash to the root stated.
  ROOT_MISMATCH(17, "root does not match"),
  /// SECTOR_MISSING is returned when a revision lists a sector that was not written before.
  SECTOR_MISSING(18, "a listed sector was not written"),
  /// SECTOR_UNKNOWN is returned when a sector that is asked for is not stored here.
  SECTOR_UNKNOWN(19, "sector is not stored here"),
  /// SECTOR_CORRUPT is returned when the stored sector fails its check.
  SECTOR_CORRUPT(20, "stored sector is damaged"),
  /// SECTOR_IN_USE is returned when a sector to be deleted is part of a revision.
  SECTOR_IN_USE(21, "sector is part of a revision"),
  /// RANGE_INVALID is returned when a range is empty, too long or outside of the sector.
  RANGE_INVALID(22, "range is outside of the sector"),
  /// MANIFEST_UNKNOWN is returned when no manifest with this id is stored here.
  MANIFEST_UNKNOWN(23, "no manifest with this id"),
  /// STORAGE_FAILED is returned when the provider's disk failed; nothing was acknowledged.
  STORAGE_FAILED(24, "provider could not store or read"),
  /// LEDGER_BEHIND is returned when the provider cannot see the chain; later it may work.
  LEDGER_BEHIND(25, "provider cannot see the chain"),
  /// REFUSED stands for a code that this side does not know; the detail says what it was.
  REFUSED(99, "refused"),

  /// TOO_FEW_PROVIDERS says that fewer usable providers are on chain than the erasure code needs.
  TOO_FEW_PROVIDERS(100, "too few usable providers"),
  /// INSUFFICIENT_FUNDS says that the account cannot pay the escrow and fees.
  INSUFFICIENT_FUNDS(101, "not enough cloudcoins"),
  /// OVER_BUDGET says that the estimate is above the budget given.
  OVER_BUDGET(102, "cost is above the budget"),
  /// SOURCE_UNREADABLE says that the file to store is missing or cannot be read.
  SOURCE_UNREADABLE(103, "cannot read the source"),
  /// SOURCE_CHANGED says that the file changed while it was stored.
  SOURCE_CHANGED(104, "the source changed while it was stored"),
  /// OBJECT_UNKNOWN says that no provider has a manifest with this id.
  OBJECT_UNKNOWN(105, "no provider knows this id"),
  /// TOO_FEW_SHARDS says that fewer than k providers answer with right bytes.
  TOO_FEW_SHARDS(106, "too few shards answer"),
  /// CONTENT_MISMATCH says that the whole object does not have the SHA-256 of its manifest.
  CONTENT_MISMATCH(107, "content does not match its SHA-256"),
  /// LEDGER_UNAVAILABLE says that the chain cannot be reached.
  LEDGER_UNAVAILABLE(108, "the ledger cannot be reached"),
  /// TRANSACTION_FAILED says that a transaction was refused or reverted.
  TRANSACTION_FAILED(109, "a transaction failed"),
  /// UNREACHABLE says that a provider cannot be dialled or broke off.
  UNREACHABLE(110, "provider cannot be reached"),
  /// WRONG_BYTES says that an answer does not verify against the root asked for.
  WRONG_BYTES(111, "provider answered with wrong bytes"),
  /// LOCAL_STORAGE says that a file of the renter itself cannot be written or read.
  LOCAL_STORAGE(112, "local file failed"),
  /// KEY_REQUIRED says that a private object needs the owner's key.
  KEY_REQUIRED(113, "this object is private and its key is not known"),
  /// OBJECT_TOO_LARGE says that the manifest of an object does not fit into one sector.
  OBJECT_TOO_LARGE(114, "object is too large"),
  /// IN_PROGRESS says that another process works on the same file or directory.
  IN_PROGRESS(115, "another process is at work here"),
  /// RANGE_OUTSIDE says that a range lies outside of the object.
  RANGE_OUTSIDE(116, "range is outside of the object");

  private static final Map<Integer, MarketError> BY_CODE = index();

  private final int code;
  private final String text;

  MarketError(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /// Returns the number on the wire and in JSON.
  public int code() {
    return code;
  }

  /// Returns a few words for people.
  public String text() {
    return text;
  }

  /// Tells whether the same request to the same provider may succeed a little later.
  public boolean retryable() {
    return this == BUSY
        || this == TIMEOUT
        || this == CONTRACT_NOT_FORMED
        || this == LEDGER_BEHIND
        || this == UNREACHABLE
        || this == LEDGER_UNAVAILABLE;
  }

  /// Tells whether this error shows that the provider misbehaved or lost data.
  public boolean blamesProvider() {
    return this == WRONG_BYTES
        || this == SECTOR_CORRUPT
        || this == SECTOR_UNKNOWN
        || this == MALFORMED
        || this == UNEXPECTED_MESSAGE;
  }

  /// Finds an error by its number.
  public static Optional<MarketError> byCode(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  private static Map<Integer, MarketError> index() {
    Map<Integer, MarketError> byCode = new HashMap<>();
    for (MarketError error : values()) {
      byCode.put(error.code, error);
    }
    return Map.copyOf(byCode);
  }
}
