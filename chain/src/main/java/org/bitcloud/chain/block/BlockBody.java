package org.bitcloud.chain.block;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.primitives.tx.SignedTransaction;

/// The two lists of a block. Both are unmodifiable.
///
/// @param transactions in the order of execution
/// @param attestations bandwidth attestations, applied before the transactions
public record BlockBody(
    List<SignedTransaction> transactions, List<BandwidthAttestation> attestations) {
  /// Bound of an encoded body: what a peer must be ready to send and check in a second.
  public static final int BODY_BYTES_MAX = 8 << 20;

  /// Bound of the second list.
  public static final int ATTESTATIONS_MAX = 4096;

  /// No transactions and no attestations.
  public static final BlockBody EMPTY = new BlockBody(List.of(), List.of());

  /// Takes unmodifiable copies.
  public BlockBody {
    transactions = List.copyOf(transactions);
    attestations = List.copyOf(attestations);
  }

  /// Returns a body without attestations.
  public static BlockBody of(List<SignedTransaction> transactions) {
    return new BlockBody(transactions, List.of());
  }

  /// Returns the canonical RLP: a list of two lists of byte strings.
  public Bytes encode() {
    return RlpWriter.encode(this::write);
  }

  /// Returns the size of [#encode] without encoding.
  public long encodedSize() {
    long inner = 0;
    for (SignedTransaction transaction : transactions) {
      inner += withHead(transaction.size());
    }
    long second = 0;
    for (BandwidthAttestation attestation : attestations) {
      second += withHead(attestation.size());
    }
    return withHead(withHead(inner) + withHead(second));
  }

  /// Reads one body and nothing after it.
  ///
  /// @throws MalformedException when longer than [#BODY_BYTES_MAX], not canonical, or when a
  ///   transaction or attestation breaks a rule of its format
  public static BlockBody decode(Bytes encoded) throws MalformedException {
    if (encoded.size() > BODY_BYTES_MAX) {
      throw new MalformedException("body of " + encoded.size() + " bytes is too long");
    }
    RlpReader reader = RlpReader.of(encoded);
    BlockBody body = read(reader);
    reader.end();
    return body;
  }

  /// Returns the same body with everything that is known replaced by the known object, whose
  /// signatures need not be checked again.
  public BlockBody withKnown(
      KnownTransactions knownTransactions, KnownAttestations knownAttestations) {
    List<SignedTransaction> first = new ArrayList<>(transactions.size());
    for (SignedTransaction transaction : transactions) {
      first.add(knownTransactions.known(transaction.hash()).orElse(transaction));
    }
    List<BandwidthAttestation> second = new ArrayList<>(attestations.size());
    for (BandwidthAttestation attestation : attestations) {
      second.add(knownAttestations.known(attestation.hash()).orElse(attestation));
    }
    return new BlockBody(first, second);
  }

  /// Returns the root over the encoded transactions.
  public Hash transactionsRoot() {
    List<Hash> leaves = new ArrayList<>(transactions.size());
    for (SignedTransaction transaction : transactions) {
      leaves.add(MerkleTree.leaf(transaction.encoded()));
    }
    return MerkleTree.root(leaves);
  }

  /// Returns the root over the encoded attestations.
  public Hash attestationsRoot() {
    return MerkleTree.root(
        attestations.stream().map(item -> MerkleTree.leaf(item.encoded())).toList());
  }

  void write(RlpWriter out) {
    out.beginList();
    out.beginList();
    for (SignedTransaction transaction : transactions) {
      out.bytes(transaction.encoded());
    }
    out.endList();
    out.beginList();
    for (BandwidthAttestation attestation : attestations) {
      out.bytes(attestation.encoded());
    }
    out.endList();
    out.endList();
  }

  static BlockBody read(RlpReader in) throws MalformedException {
    in.enterList();
    in.enterList();
    List<SignedTransaction> transactions = new ArrayList<>();
    while (in.hasNext()) {
      transactions.add(
          SignedTransaction.decode(in.readBytes(SignedTransaction.SIZE_MAX).compact()));
    }
    in.leaveList();
    in.enterList();
    List<BandwidthAttestation> attestations = new ArrayList<>();
    while (in.hasNext()) {
      if (attestations.size() == ATTESTATIONS_MAX) {
        throw new MalformedException("more than " + ATTESTATIONS_MAX + " attestations");
      }
      attestations.add(
          BandwidthAttestation.decode(in.readBytes(BandwidthAttestation.SIZE_MAX).compact()));
    }
    in.leaveList();
    in.leaveList();
    return new BlockBody(transactions, attestations);
  }

  /* Neither is ever a single byte below 0x80, so a string always has a head of its own. */
  private static long withHead(long size) {
    return size + headSize(size);
  }

  private static int headSize(long size) {
    int head = 1;
    if (size > 55) {
      for (long rest = size; rest > 0; rest >>>= 8) {
        head++;
      }
    }
    return head;
  }
}
