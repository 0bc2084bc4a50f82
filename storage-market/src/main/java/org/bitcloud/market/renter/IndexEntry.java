package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// What the renter remembers of an object that it stored.
///
/// @param id by which anyone asks for it
/// @param name the file name, perhaps empty
/// @param mediaType perhaps empty
/// @param size bytes
/// @param sha256 of the whole
/// @param createdMillis when it was stored, in milliseconds of the Unix epoch
/// @param erasure the code
/// @param key of a private object's manifest; null when it is public
/// @param contracts one for each placed shard
/// @param escrow drops locked when it was stored
/// @param fees drops paid for storing it
public record IndexEntry(
    Hash id,
    String name,
    String mediaType,
    long size,
    Hash sha256,
    long createdMillis,
    Erasure erasure,
    @Nullable Bytes key,
    List<Held> contracts,
    Amount escrow,
    Amount fees) {
  private static final long VERSION = 1;

  /// A contract that holds one shard of the object.
  ///
  /// @param position which of the n shards
  /// @param provider who has it
  /// @param contract the contract's id
  /// @param endWindow when it ends, counted as if no window were void
  public record Held(int position, Address provider, Hash contract, long endWindow) {}

  /// Copies the contracts.
  public IndexEntry {
    contracts = List.copyOf(contracts);
  }

  Bytes encode() {
    RlpWriter out = new RlpWriter();
    out.beginList()
        .number(VERSION)
        .hash(id)
        .text(name)
        .text(mediaType)
        .number(size)
        .hash(sha256)
        .number(createdMillis)
        .number(erasure.dataShards())
        .number(erasure.shards())
        .bytes(key == null ? Bytes.EMPTY : key)
        .beginList();
    for (Held held : contracts) {
      out.beginList()
          .number(held.position)
          .address(held.provider)
          .hash(held.contract)
          .number(held.endWindow)
          .endList();
    }
    return out.endList().amount(escrow).amount(fees).endList().toBytes();
  }

  static IndexEntry decode(Bytes bytes) throws MalformedException {
    RlpReader in = RlpReader.of(bytes);
    in.enterList();
    long version = in.readNumber();
    if (version != VERSION) {
      throw new MalformedException("entry has version " + version + ", not " + VERSION);
    }
    Hash id = in.readHash();
    String name = in.readText(1 << 12);
    String mediaType = in.readText(1 << 12);
    long size = in.readNumber();
    Hash sha256 = in.readHash();
    long createdMillis = in.readNumber();
    int dataShards = (int) in.readNumber();
    int shards = (int) in.readNumber();
    if (dataShards < 1 || shards < dataShards || shards > 255) {
      throw new MalformedException("entry has no erasure code");
    }
    Bytes key = in.readBytes(32).compact();
    List<Held> contracts = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      in.enterList();
      contracts.add(
          new Held((int) in.readNumber(), in.readAddress(), in.readHash(), in.readNumber()));
      in.leaveList();
    }
    in.leaveList();
    Amount escrow = in.readAmount();
    Amount fees = in.readAmount();
    in.leaveList();
    in.end();
    return new IndexEntry(
        id,
        name,
        mediaType,
        size,
        sha256,
        createdMillis,
        new Erasure(dataShards, shards),
        key.isEmpty() ? null : key,
        contracts,
        escrow,
        fees);
  }
}
