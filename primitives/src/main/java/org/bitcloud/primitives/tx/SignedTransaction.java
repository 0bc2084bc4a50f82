package org.bitcloud.primitives.tx;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.AmountException;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Signature;
import org.jspecify.annotations.Nullable;

/// A transaction with its signature, and the one encoding that both have.
///
/// Equal to another if the encodings are. Safe for several threads: what is computed late (hash,
/// sender) may be computed twice in a race, with the same result.
public final class SignedTransaction {
  /// The most bytes of an encoded transaction: 128 KiB.
  public static final int SIZE_MAX = 128 * 1024;

  private final Transaction transaction;
  private final Signature signature;
  private final Bytes encoded;
  private final Hash signingHash;
  private @Nullable Hash hash;
  private @Nullable Address sender;

  SignedTransaction(Transaction transaction, Signature signature, Bytes encoded, Hash signingHash) {
    this.transaction = transaction;
    this.signature = signature;
    this.encoded = encoded;
    this.signingHash = signingHash;
  }

  /// The transaction that bytes spell, of which none may be left over.
  ///
  /// Checked here: size, type, canonical RLP, replay protection, and that the signature is in range
  /// with low s. Whether it belongs to a key shows when [#sender] recovers it. The bytes are not
  /// copied, so they should not be a slice of something much larger.
  ///
  /// @throws TransactionException naming the broken rule
  public static SignedTransaction decode(Bytes encoded) throws TransactionException {
    return new TransactionDecoder(encoded).decode();
  }

  /// The transaction signed by a key, its sender known.
  ///
  /// @throws IllegalArgumentException if it exceeds [#SIZE_MAX]
  public static SignedTransaction sign(Transaction transaction, KeyPair key) {
    Hash digest = transaction.signingHash();
    Signature signature = key.sign(digest);
    Bytes encoded = TransactionEncoding.signed(transaction, signature);
    if (encoded.size() > SIZE_MAX) {
      throw new IllegalArgumentException(TransactionRule.OVERSIZED.message());
    }
    SignedTransaction signed = new SignedTransaction(transaction, signature, encoded, digest);
    signed.rememberSender(key.address());
    return signed;
  }

  /// What was signed.
  public Transaction transaction() {
    return transaction;
  }

  /// The signature, in range and with low s.
  public Signature signature() {
    return signature;
  }

  /// The one encoding: RLP, for types 1 and 2 after a byte with the type.
  public Bytes encoded() {
    return encoded;
  }

  /// The number of bytes of the encoding.
  public int size() {
    return encoded.size();
  }

  /// The Keccak-256 hash of the encoding, by which the transaction is known.
  public Hash hash() {
    Hash known = hash;
    if (known == null) {
      known = Keccak.hash(encoded);
      hash = known;
    }
    return known;
  }

  /// Who signed, recovered from the signature the first time and remembered.
  ///
  /// @throws TransactionException with [TransactionRule#INVALID_SIGNATURE] if nobody can have
  public Address sender() throws TransactionException {
    Address known = sender;
    if (known == null) {
      known = recover();
      sender = known;
    }
    return known;
  }

  private Address recover() throws TransactionException {
    try {
      return Address.ofPublicKey(Secp256k1.get().recover(signingHash(), signature));
    } catch (MalformedException e) {
      throw new TransactionException(TransactionRule.INVALID_SIGNATURE);
    }
  }

  /// Who signed if that was asked or told before, else null: never costs a recovery.
  public @Nullable Address senderIfKnown() {
    return sender;
  }

  /// Tells who signed, for one who recovered it from the very same bytes before.
  public void rememberSender(Address known) {
    sender = known;
  }

  /// What the signature signs.
  public Hash signingHash() {
    return signingHash;
  }

  /// Checks all that needs no state and no fee schedule: chain, fee cap, and cost in 256 bits.
  ///
  /// @throws TransactionException naming the broken rule
  public void checkStatic(long chainId) throws TransactionException {
    if (transaction.chainId() != chainId) {
      throw new TransactionException(
          TransactionRule.WRONG_CHAIN_ID, "have " + transaction.chainId() + ", want " + chainId);
    }
    if (transaction.maxPriorityFeePerGas().compareTo(transaction.maxFeePerGas()) > 0) {
      throw new TransactionException(TransactionRule.TIP_ABOVE_FEE_CAP);
    }
    try {
      var _ = transaction.maxCost();
    } catch (AmountException e) {
      throw new TransactionException(TransactionRule.COST_OVERFLOW);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedTransaction that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  /// The type, hash and nonce.
  @Override
  public String toString() {
    return "SignedTransaction[type "
        + transaction.type()
        + ", nonce "
        + transaction.nonce()
        + ", "
        + hash().toHex()
        + "]";
  }
}
