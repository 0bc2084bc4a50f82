package org.bitcloud.contracts;

import java.math.BigInteger;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// How much gas everything costs, and how the price of gas moves from block to block.
///
/// @param intrinsic what a transaction costs before it does anything
/// @param operations what a corporation's call pays for what it touches
public record FeeSchedule(Intrinsic intrinsic, Operations operations) {
  /// The schedule that networks start with.
  public static final FeeSchedule DEFAULT =
      new FeeSchedule(
          new Intrinsic(21_000, 4, 16, 2_400, 1_900),
          new Operations(800, 5_000, 20, 60, 12, 3_000, 375, 375, 8));

  private static final long ELASTICITY = 2;
  private static final long CHANGE_DENOMINATOR = 8;
  private static final int GAS_BYTES_MAX = 256;

  /// Gas of a transaction before execution (EIP-2028 for calldata, EIP-2930 for access lists).
  ///
  /// @param transaction for being a transaction
  /// @param zeroByte for each zero byte of input
  /// @param nonZeroByte for each other byte of input
  /// @param accessAddress for each address of an access list
  /// @param accessKey for each key of an access list
  public record Intrinsic(
      long transaction, long zeroByte, long nonZeroByte, long accessAddress, long accessKey) {}

  /// Gas of what a call does.
  ///
  /// @param read for reading an entry
  /// @param write for writing or deleting an entry
  /// @param storedByte for each byte of key and value written
  /// @param hash for each hash computed
  /// @param hashWord for each started 32 bytes hashed
  /// @param signature for recovering the signer of a hash
  /// @param log for each event
  /// @param logTopic for each topic of an event
  /// @param logByte for each byte of data of an event
  public record Operations(
      long read,
      long write,
      long storedByte,
      long hash,
      long hashWord,
      long signature,
      long log,
      long logTopic,
      long logByte) {
    /// Gas of moving coins between two accounts: both are read and written.
    public long transfer() {
      return 2 * (read + write);
    }

    /// Gas of hashing so many bytes.
    public long hashing(long bytes) {
      return hash + hashWord * ((bytes + 31) / 32);
    }
  }

  /// Gas of a transaction before execution: itself, its input and its access list.
  ///
  /// @param input what the recipient is called with
  /// @param addresses entries of the access list
  /// @param keys keys of all its entries
  public long intrinsicGas(Bytes input, long addresses, long keys) {
    return intrinsic.transaction
        + inputGas(input)
        + intrinsic.accessAddress * addresses
        + intrinsic.accessKey * keys;
  }

  private long inputGas(Bytes input) {
    long zeros = 0;
    for (int i = 0; i < input.size(); i++) {
      if (input.get(i) == 0) {
        zeros++;
      }
    }
    return zeros * intrinsic.zeroByte + (input.size() - zeros) * intrinsic.nonZeroByte;
  }

  /// The base fee of the block after one that used `gasUsed` of `gasLimit` (EIP-1559).
  ///
  /// It moves by at most an eighth, towards blocks that are half full.
  public static Amount nextBaseFee(long gasUsed, long gasLimit, Amount baseFee) {
    long target = Math.max(1, gasLimit / ELASTICITY);
    if (gasUsed == target) {
      return baseFee;
    }
    BigInteger change =
        baseFee
            .drops()
            .multiply(BigInteger.valueOf(Math.abs(gasUsed - target)))
            .divide(BigInteger.valueOf(target))
            .divide(BigInteger.valueOf(CHANGE_DENOMINATOR));
    return gasUsed > target
        ? baseFee.plus(Amount.of(change.max(BigInteger.ONE)))
        : baseFee.minus(Amount.of(change));
  }

  /// One RLP list of all numbers in the order in which they are declared.
  public Bytes encode() {
    return new RlpWriter()
        .beginList()
        .number(intrinsic.transaction)
        .number(intrinsic.zeroByte)
        .number(intrinsic.nonZeroByte)
        .number(intrinsic.accessAddress)
        .number(intrinsic.accessKey)
        .number(operations.read)
        .number(operations.write)
        .number(operations.storedByte)
        .number(operations.hash)
        .number(operations.hashWord)
        .number(operations.signature)
        .number(operations.log)
        .number(operations.logTopic)
        .number(operations.logByte)
        .endList()
        .toBytes();
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws MalformedException if the bytes are anything else
  public static FeeSchedule decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded, new RlpReader.Limits(GAS_BYTES_MAX, 1));
    in.enterList();
    Intrinsic intrinsic =
        new Intrinsic(
            in.readNumber(), in.readNumber(), in.readNumber(), in.readNumber(), in.readNumber());
    Operations operations =
        new Operations(
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber());
    in.leaveList();
    in.end();
    return new FeeSchedule(intrinsic, operations);
  }
}
