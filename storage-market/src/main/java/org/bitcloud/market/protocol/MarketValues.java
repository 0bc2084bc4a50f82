package org.bitcloud.market.protocol;

import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.contracts.storage.StorageParameters;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The RLP forms of terms, revisions and price lists: lists of their fields in order.
public final class MarketValues {
  private MarketValues() {}

  /// Writes terms as one list.
  public static void write(RlpWriter out, StorageTerms terms) {
    out.beginList()
        .address(terms.renter())
        .address(terms.provider())
        .number(terms.maxSectors())
        .amount(terms.price())
        .amount(terms.collateral())
        .number(terms.startWindow())
        .number(terms.endWindow())
        .number(terms.nonce())
        .number(terms.expiryHeight())
        .endList();
  }

  /// Reads terms; only their form is checked.
  ///
  /// @throws MalformedException if they are not nine fields of their types
  public static StorageTerms readTerms(RlpReader in) throws MalformedException {
    in.enterList();
    StorageTerms terms =
        new StorageTerms(
            in.readAddress(),
            in.readAddress(),
            in.readNumber(),
            in.readAmount(),
            in.readAmount(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber());
    in.leaveList();
    return terms;
  }

  /// Writes a revision as one list.
  public static void write(RlpWriter out, StorageRevision revision) {
    out.beginList()
        .hash(revision.contractId())
        .number(revision.revision())
        .hash(revision.root())
        .number(revision.sectors())
        .endList();
  }

  /// Reads a revision; only its form is checked.
  ///
  /// @throws MalformedException if it is not four fields of their types
  public static StorageRevision readRevision(RlpReader in) throws MalformedException {
    in.enterList();
    StorageRevision revision =
        new StorageRevision(in.readHash(), in.readNumber(), in.readHash(), in.readNumber());
    in.leaveList();
    return revision;
  }

  /// Writes a price list as one list.
  public static void write(RlpWriter out, PriceList prices) {
    out.beginList()
        .amount(prices.storage())
        .amount(prices.ingress())
        .amount(prices.egress())
        .amount(prices.collateral())
        .number(prices.shortestWindows())
        .number(prices.longestWindows())
        .number(prices.capacitySectors())
        .number(prices.freeSectors())
        .bytes(prices.endpoint())
        .bytes(prices.peerId())
        .number(prices.expiryHeight())
        .endList();
  }

  /// Reads a price list; only its form is checked.
  ///
  /// @throws MalformedException if it is not eleven fields of their types and sizes
  public static PriceList readPrices(RlpReader in) throws MalformedException {
    in.enterList();
    PriceList prices =
        new PriceList(
            in.readAmount(),
            in.readAmount(),
            in.readAmount(),
            in.readAmount(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readBytes(StorageParameters.ENDPOINT_BYTES_MAX).compact(),
            in.readBytes(StorageParameters.PEER_ID_BYTES_MAX).compact(),
            in.readNumber());
    in.leaveList();
    return prices;
  }
}
