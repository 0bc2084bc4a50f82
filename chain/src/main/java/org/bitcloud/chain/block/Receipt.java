package org.bitcloud.chain.block;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// What one transaction did in one block.
///
/// The header commits to the first four components ([#committed]). The rest follows from block and
/// state and is stored beside them so that answering a wallet needs no second execution.
///
/// @param type of the transaction: 0, 1 or 2
/// @param success false when the call reverted or ran out of gas; its fee is kept all the same
/// @param cumulativeGasUsed gas of this transaction and those before it in the block
/// @param logs events in order
/// @param gasUsed gas of this transaction alone
/// @param effectiveGasPrice drops paid for each unit of gas, base fee and tip
/// @param output what the call returned, or its encoded error when not successful
public record Receipt(
    int type,
    boolean success,
    long cumulativeGasUsed,
    List<Log> logs,
    long gasUsed,
    Amount effectiveGasPrice,
    Bytes output) {

  /* Stored receipts come from our own execution, which gas bounds; these only keep a damaged store
  from asking for absurd allocations. */
  private static final int STORED_BYTES_MAX = 16 << 20;
  private static final int TOPICS_MAX = 4;

  /// Takes an unmodifiable copy of the logs.
  public Receipt {
    logs = List.copyOf(logs);
  }

  /// Returns the bloom of the logs.
  public Bytes logsBloom() {
    return LogsBloom.of(logs);
  }

  /// Returns the part that the header commits to: RLP of type, success, cumulative gas and logs.
  /// The bloom is a function of the logs and therefore not repeated in it.
  public Bytes committed() {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          writeCommitted(out);
          out.endList();
        });
  }

  /// Returns the root of a block's receipts.
  public static Hash root(Collection<Receipt> receipts) {
    List<Hash> leaves = new ArrayList<>(receipts.size());
    for (Receipt receipt : receipts) {
      leaves.add(MerkleTree.leaf(receipt.committed()));
    }
    return MerkleTree.root(leaves);
  }

  /// Returns the stored form of a block's receipts.
  public static Bytes encodeAll(Collection<Receipt> receipts) {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          for (Receipt receipt : receipts) {
            receipt.write(out);
          }
          out.endList();
        });
  }

  /// Reads the stored form of a block's receipts.
  ///
  /// @throws MalformedException when the bytes are not such a form
  public static List<Receipt> decodeAll(Bytes encoded) throws MalformedException {
    RlpReader reader = RlpReader.of(encoded);
    reader.enterList();
    List<Receipt> receipts = new ArrayList<>();
    while (reader.hasNext()) {
      receipts.add(read(reader));
    }
    reader.leaveList();
    reader.end();
    return List.copyOf(receipts);
  }

  private void write(RlpWriter out) {
    out.beginList();
    writeCommitted(out);
    out.number(gasUsed);
    out.amount(effectiveGasPrice);
    out.bytes(output);
    out.endList();
  }

  private void writeCommitted(RlpWriter out) {
    out.number(type);
    out.number(success ? 1 : 0);
    out.number(cumulativeGasUsed);
    out.beginList();
    for (Log log : logs) {
      writeLog(out, log);
    }
    out.endList();
  }

  private static void writeLog(RlpWriter out, Log log) {
    out.beginList();
    out.address(log.address());
    out.beginList();
    for (Hash topic : log.topics()) {
      out.hash(topic);
    }
    out.endList();
    out.bytes(log.data());
    out.endList();
  }

  private static Receipt read(RlpReader in) throws MalformedException {
    in.enterList();
    int type = (int) Math.min(in.readNumber(), Byte.MAX_VALUE);
    long success = in.readNumber();
    if (success > 1) {
      throw new MalformedException("receipt status " + success + " is neither 0 nor 1");
    }
    long cumulativeGasUsed = in.readNumber();
    List<Log> logs = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      logs.add(readLog(in));
    }
    in.leaveList();
    Receipt receipt =
        new Receipt(
            type,
            success == 1,
            cumulativeGasUsed,
            logs,
            in.readNumber(),
            in.readAmount(),
            in.readBytes(STORED_BYTES_MAX));
    in.leaveList();
    return receipt;
  }

  private static Log readLog(RlpReader in) throws MalformedException {
    in.enterList();
    Address address = in.readAddress();
    List<Hash> topics = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      if (topics.size() == TOPICS_MAX) {
        throw new MalformedException("more than " + TOPICS_MAX + " topics");
      }
      topics.add(in.readHash());
    }
    in.leaveList();
    Bytes data = in.readBytes(STORED_BYTES_MAX);
    in.leaveList();
    return new Log(address, topics, data);
  }
}
