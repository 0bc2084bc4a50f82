package org.bitcloud.market.provider;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.protocol.MarketValues;
import org.bitcloud.market.provider.ContractBook.ManifestPlace;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The forms of the records in the provider's book; all begin with a version.
final class BookCodec {
  private static final long VERSION = 1;

  private BookCodec() {}

  static Bytes encode(ContractEntry entry) {
    RlpWriter out = new RlpWriter();
    out.beginList().number(VERSION).number(entry.state.code);
    MarketValues.write(out, entry.terms);
    signature(out, entry.renterSignature);
    signature(out, entry.providerSignature);
    out.number(entry.posted).number(entry.frozen);
    out.beginList();
    if (entry.newest != null) {
      MarketValues.write(out, entry.newest.revision());
      signature(out, entry.newest.renter());
      signature(out, entry.newest.provider());
    }
    out.endList();
    return out.endList().toBytes();
  }

  static ContractEntry decodeEntry(Hash id, Bytes value, ContractTree tree)
      throws MalformedException {
    RlpReader in = RlpReader.of(value);
    in.enterList();
    version(in);
    ContractEntry.State state = state(in.readNumber());
    StorageTerms terms = MarketValues.readTerms(in);
    ContractEntry entry = new ContractEntry(id, terms, signature(in), signature(in), state, tree);
    entry.posted = in.readNumber();
    entry.frozen = in.readNumber();
    in.enterList();
    if (in.hasNext()) {
      entry.newest =
          new SignedRevision(MarketValues.readRevision(in), signature(in), signature(in));
    }
    in.leaveList();
    in.leaveList();
    in.end();
    return entry;
  }

  static Bytes encode(Undo undo) {
    RlpWriter out = new RlpWriter();
    out.beginList()
        .number(VERSION)
        .number(undo.number())
        .hash(undo.root())
        .number(undo.keep())
        .beginList();
    undo.removed().forEach(out::hash);
    return out.endList().endList().toBytes();
  }

  static Undo decodeUndo(Bytes value) throws MalformedException {
    RlpReader in = RlpReader.of(value);
    in.enterList();
    version(in);
    long number = in.readNumber();
    Hash root = in.readHash();
    int keep = count(in);
    List<Hash> removed = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      removed.add(in.readHash());
    }
    in.leaveList();
    in.leaveList();
    in.end();
    return new Undo(number, root, keep, removed);
  }

  static Bytes encode(ManifestPlace place) {
    return RlpWriter.encode(
        out ->
            out.beginList()
                .number(VERSION)
                .hash(place.contract())
                .hash(place.root())
                .number(place.length())
                .endList());
  }

  static ManifestPlace decodePlace(Bytes value) throws MalformedException {
    RlpReader in = RlpReader.of(value);
    in.enterList();
    version(in);
    ManifestPlace place = new ManifestPlace(in.readHash(), in.readHash(), length(in));
    in.leaveList();
    in.end();
    return place;
  }

  private static int count(RlpReader in) throws MalformedException {
    long count = in.readNumber();
    if (count > Integer.MAX_VALUE) {
      throw new MalformedException("list of " + count + " sectors");
    }
    return (int) count;
  }

  private static int length(RlpReader in) throws MalformedException {
    long length = in.readNumber();
    if (length < 1 || length > Sector.BYTES) {
      throw new MalformedException("manifest of " + length + " bytes");
    }
    return (int) length;
  }

  private static void version(RlpReader in) throws MalformedException {
    long version = in.readNumber();
    if (version != VERSION) {
      throw new MalformedException("record has version " + version + ", not " + VERSION);
    }
  }

  private static ContractEntry.State state(long code) throws MalformedException {
    for (ContractEntry.State state : ContractEntry.State.values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new MalformedException("unknown state " + code);
  }

  private static void signature(RlpWriter out, Signature signature) {
    out.bytes(signature.toBytes65());
  }

  private static Signature signature(RlpReader in) throws MalformedException {
    return Signature.fromBytes65(in.readExact(Signature.SIZE).compact());
  }
}
