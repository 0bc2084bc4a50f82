package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.market.codec.SlabKeys;
import org.bitcloud.market.protocol.MarketValues;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// One entry of a [PutJournal].
sealed interface PutRecord {
  /// What is being stored and how; the first record.
  ///
  /// @param source absolute path of the file
  /// @param size its bytes
  /// @param modifiedMillis when it was last changed
  /// @param isSpool whether the file is a copy of a stream, made for this `put` only
  /// @param erasure the code
  /// @param windows the term
  /// @param sectorsEach sectors at each provider
  /// @param nonce of the terms, and the salt of a private manifest's key
  /// @param isPrivate whether the manifest is sealed
  /// @param name kept in the manifest
  /// @param mediaType kept in the manifest
  record Start(
      String source,
      long size,
      long modifiedMillis,
      boolean isSpool,
      Erasure erasure,
      long windows,
      long sectorsEach,
      long nonce,
      boolean isPrivate,
      String name,
      String mediaType)
      implements PutRecord {}

  /// A contract about to be formed.
  record Formed(Agreement agreement) implements PutRecord {}

  /// A contract that another one replaces, or that is not needed any more.
  record Dropped(Hash contract) implements PutRecord {}

  /// A slab that was encoded, before it counts as placed anywhere.
  record Slab(int index, SlabKeys keys, int length, int bodyBytes, List<Hash> roots)
      implements PutRecord {
    /// Copies the roots.
    public Slab {
      roots = List.copyOf(roots);
    }
  }

  /// Drops paid for a transaction.
  record Fee(Amount amount) implements PutRecord {}

  /// The manifest as it will be stored; from here on the object has its id.
  record Final(Bytes manifest, Hash sha256) implements PutRecord {}

  /// Encodes a record.
  static Bytes encode(PutRecord record) {
    RlpWriter out = new RlpWriter();
    out.beginList();
    switch (record) {
      case Start r ->
          out.number(1)
              .text(r.source)
              .number(r.size)
              .number(r.modifiedMillis)
              .number(r.isSpool ? 1 : 0)
              .number(r.erasure.dataShards())
              .number(r.erasure.shards())
              .number(r.windows)
              .number(r.sectorsEach)
              .number(r.nonce)
              .number(r.isPrivate ? 1 : 0)
              .text(r.name)
              .text(r.mediaType);
      case Formed r -> {
        out.number(2).number(r.agreement.position()).hash(r.agreement.id());
        MarketValues.write(out, r.agreement.terms());
        out.bytes(r.agreement.renter().toBytes65())
            .bytes(r.agreement.provider().toBytes65())
            .bytes(r.agreement.endpoint());
      }
      case Dropped r -> out.number(3).hash(r.contract);
      case Slab r -> {
        out.number(4).number(r.index).bytes(r.keys.slabKey()).bytes(r.keys.maskKey());
        out.number(r.length).number(r.bodyBytes).beginList();
        r.roots.forEach(out::hash);
        out.endList();
      }
      case Fee r -> out.number(5).amount(r.amount);
      case Final r -> out.number(6).bytes(r.manifest).hash(r.sha256);
    }
    return out.endList().toBytes();
  }

  /// Decodes a record.
  ///
  /// @throws MalformedException if it is not one of this version
  static PutRecord decode(Bytes bytes) throws MalformedException {
    RlpReader in = RlpReader.of(bytes);
    in.enterList();
    long type = in.readNumber();
    PutRecord record =
        switch ((int) Math.min(type, 99)) {
          case 1 -> start(in);
          case 2 -> formed(in);
          case 3 -> new Dropped(in.readHash());
          case 4 -> slab(in);
          case 5 -> new Fee(in.readAmount());
          case 6 -> new Final(in.readBytes(Sector.BYTES).compact(), in.readHash());
          default -> throw new MalformedException("unknown record type " + type);
        };
    in.leaveList();
    in.end();
    return record;
  }

  private static Start start(RlpReader in) throws MalformedException {
    return new Start(
        in.readText(1 << 16),
        in.readNumber(),
        in.readNumber(),
        in.readNumber() == 1,
        new Erasure((int) in.readNumber(), (int) in.readNumber()),
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        in.readNumber() == 1,
        in.readText(1 << 12),
        in.readText(1 << 12));
  }

  private static Formed formed(RlpReader in) throws MalformedException {
    return new Formed(
        new Agreement(
            (int) in.readNumber(),
            in.readHash(),
            MarketValues.readTerms(in),
            Signature.fromBytes65(in.readExact(Signature.SIZE).compact()),
            Signature.fromBytes65(in.readExact(Signature.SIZE).compact()),
            in.readBytes(128).compact()));
  }

  private static Slab slab(RlpReader in) throws MalformedException {
    int index = (int) in.readNumber();
    SlabKeys keys =
        new SlabKeys(
            in.readExact(SlabKeys.KEY_BYTES).compact(), in.readExact(SlabKeys.KEY_BYTES).compact());
    int length = (int) in.readNumber();
    int bodyBytes = (int) in.readNumber();
    List<Hash> roots = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      roots.add(in.readHash());
    }
    in.leaveList();
    return new Slab(index, keys, length, bodyBytes, roots);
  }
}
