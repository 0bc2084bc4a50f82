package org.bitcloud.chain.block;

import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// Everything a block commits to. Its hash, Keccak-256 of the RLP list of the components in this
/// order (the four roots inline), is the hash of the block; `docs/spec/block.md`.
///
/// @param parent hash of the parent block; for the genesis block the hash of the genesis record
/// @param height 0 for the genesis block, then one more than the parent
/// @param timeMillis milliseconds since 1970, above the parent's
/// @param proposer receiver of the tips
/// @param sealData what the consensus engine commits to, at most [#SEAL_DATA_BYTES_MAX] bytes
/// @param roots commitments to state and lists
/// @param logsBloom union of the receipts' blooms, 256 bytes
/// @param gasLimit most gas the block may use
/// @param gasUsed gas that the transactions used
/// @param baseFee drops burned for each unit of gas
/// @param beacon randomness in force after this block
/// @param validators hash of the validator set that seals this block
/// @param nextValidators hash of the validator set that seals the next block
public record BlockHeader(
    Hash parent,
    Height height,
    long timeMillis,
    Address proposer,
    Bytes sealData,
    Roots roots,
    Bytes logsBloom,
    long gasLimit,
    long gasUsed,
    Amount baseFee,
    Hash beacon,
    Hash validators,
    Hash nextValidators) {

  /// Bound of [#sealData]: term, view and parent view, or target and nonce, need far less.
  public static final int SEAL_DATA_BYTES_MAX = 4096;

  /// Bound of an encoded header, for whoever reads one from a peer.
  public static final int HEADER_BYTES_MAX = SEAL_DATA_BYTES_MAX + 1024;

  /// Returns the hash of the block. Computed anew at each call.
  public Hash hash() {
    return Keccak.hash(encode());
  }

  /// Returns hash and height. Computes the hash.
  public BlockRef ref() {
    return new BlockRef(hash(), height);
  }

  /// Returns the base fee that every child of this block has (EIP-1559).
  public Amount nextBaseFee() {
    return FeeSchedule.nextBaseFee(gasUsed, gasLimit, baseFee);
  }

  /// Returns this header with other seal data, as an engine needs it that fills them in last.
  public BlockHeader withSealData(Bytes other) {
    return new BlockHeader(
        parent,
        height,
        timeMillis,
        proposer,
        other,
        roots,
        logsBloom,
        gasLimit,
        gasUsed,
        baseFee,
        beacon,
        validators,
        nextValidators);
  }

  /// Returns the canonical RLP of this header.
  public Bytes encode() {
    return RlpWriter.encode(this::write);
  }

  /// Reads one header and nothing after it.
  ///
  /// @throws MalformedException when the bytes are not the canonical encoding of a header
  public static BlockHeader decode(Bytes encoded) throws MalformedException {
    if (encoded.size() > HEADER_BYTES_MAX) {
      throw new MalformedException("header of " + encoded.size() + " bytes is too long");
    }
    RlpReader reader = RlpReader.of(encoded);
    BlockHeader header = read(reader);
    reader.end();
    return header;
  }

  void write(RlpWriter out) {
    out.beginList();
    out.hash(parent);
    out.number(height.value());
    out.number(timeMillis);
    out.address(proposer);
    out.bytes(sealData);
    out.hash(roots.state());
    out.hash(roots.transactions());
    out.hash(roots.attestations());
    out.hash(roots.receipts());
    out.bytes(logsBloom);
    out.number(gasLimit);
    out.number(gasUsed);
    out.amount(baseFee);
    out.hash(beacon);
    out.hash(validators);
    out.hash(nextValidators);
    out.endList();
  }

  static BlockHeader read(RlpReader in) throws MalformedException {
    in.enterList();
    BlockHeader header =
        new BlockHeader(
            in.readHash(),
            new Height(in.readNumber()),
            in.readNumber(),
            in.readAddress(),
            in.readBytes(SEAL_DATA_BYTES_MAX),
            new Roots(in.readHash(), in.readHash(), in.readHash(), in.readHash()),
            in.readExact(LogsBloom.BYTES),
            in.readNumber(),
            in.readNumber(),
            in.readAmount(),
            in.readHash(),
            in.readHash(),
            in.readHash());
    in.leaveList();
    return header;
  }
}
