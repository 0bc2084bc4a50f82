package org.bitcloud.contracts.storage;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// A provider's answer to a challenge: for each drawn contract, leaves with one shared Merkle
/// proof.
///
/// The encoding is the RLP list of `[contract id, [leaf indices], leaves, siblings]`, contracts in
/// strictly rising order of their ids. What was lost is just left out.
///
/// @param answers one for each contract
public record StorageProof(List<Answer> answers) {
  /// Bytes of an encoded proof at most; a transaction has to hold it.
  public static final int BYTES_MAX = 120 * 1024;

  // 2^32 sectors of 2^13 leaves: no path is longer.
  private static final int PATH_MAX = 45;

  /// Copies the list.
  public StorageProof {
    answers = List.copyOf(answers);
  }

  /// The answer for one contract.
  ///
  /// @param contractId the contract
  /// @param indices leaves in strictly rising order, 1 to 20
  /// @param leaves 512 bytes of each, one after the other
  /// @param siblings the hashes of [org.bitcloud.primitives.merkle.MerkleProof], one after the
  ///   other
  public record Answer(Hash contractId, List<Long> indices, Bytes leaves, Bytes siblings) {
    /// Copies the list.
    public Answer {
      indices = List.copyOf(indices);
    }
  }

  /// The bytes that `prove` takes.
  public Bytes encode() {
    return RlpWriter.encode(
        writer -> {
          writer.beginList();
          for (Answer answer : answers) {
            writer.beginList().hash(answer.contractId()).beginList();
            answer.indices().forEach(writer::number);
            writer.endList().bytes(answer.leaves()).bytes(answer.siblings()).endList();
          }
          writer.endList();
        });
  }

  /// Reads what [#encode] wrote; orders and hashes are not checked.
  ///
  /// @throws MalformedException if sizes do not fit one another, or there are more than 20 answers
  ///   or leaves
  public static StorageProof decode(Bytes encoded) throws MalformedException {
    RlpReader reader = RlpReader.of(encoded, new RlpReader.Limits(BYTES_MAX, 3));
    List<Answer> answers = new ArrayList<>();
    reader.enterList();
    while (reader.hasNext()) {
      if (answers.size() == StorageParameters.DRAWS) {
        throw new MalformedException("proof has more answers than draws");
      }
      answers.add(readAnswer(reader));
    }
    reader.leaveList();
    reader.end();
    if (answers.isEmpty()) {
      throw new MalformedException("proof is empty");
    }
    return new StorageProof(answers);
  }

  private static Answer readAnswer(RlpReader reader) throws MalformedException {
    reader.enterList();
    Hash contractId = reader.readHash();
    List<Long> indices = new ArrayList<>();
    reader.enterList();
    while (reader.hasNext()) {
      if (indices.size() == StorageParameters.DRAWS) {
        throw new MalformedException("answer has more leaves than draws");
      }
      indices.add(reader.readNumber());
    }
    reader.leaveList();
    if (indices.isEmpty()) {
      throw new MalformedException("answer has no leaves");
    }
    Bytes leaves = reader.readExact(indices.size() * StorageParameters.LEAF_BYTES);
    Bytes siblings = reader.readBytes(indices.size() * PATH_MAX * Hash.SIZE);
    if (siblings.size() % Hash.SIZE != 0) {
      throw new MalformedException("siblings are not whole hashes");
    }
    reader.leaveList();
    return new Answer(contractId, indices, leaves, siblings);
  }
}
