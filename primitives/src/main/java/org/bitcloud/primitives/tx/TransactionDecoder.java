package org.bitcloud.primitives.tx;

import static org.bitcloud.primitives.tx.TransactionEncoding.EIP155_V;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// Reads one untrusted signed transaction.
///
/// What was signed is hashed as it stands in the encoding; canonical RLP makes that the same bytes
/// that writing the fields anew would give.
final class TransactionDecoder {
  private static final Bytes TWO_ZEROS = Bytes.of((byte) 0x80, (byte) 0x80);

  private final Bytes encoded;
  private final RlpReader reader;
  private int fieldsStart;
  private int fieldsEnd;

  TransactionDecoder(Bytes encoded) throws TransactionException {
    if (encoded.isEmpty()) {
      throw new TransactionException(TransactionRule.MALFORMED, "no bytes");
    }
    if (encoded.size() > SignedTransaction.SIZE_MAX) {
      throw new TransactionException(TransactionRule.OVERSIZED);
    }
    int first = encoded.unsigned(0);
    if (first != 1 && first != 2 && first < 0xc0) {
      throw new TransactionException(TransactionRule.UNKNOWN_TYPE);
    }
    this.encoded = encoded;
    this.reader = RlpReader.of(first < 0xc0 ? encoded.slice(1) : encoded);
  }

  SignedTransaction decode() throws TransactionException {
    try {
      reader.enterList();
      fieldsStart = reader.position();
      SignedTransaction transaction =
          switch (encoded.get(0)) {
            case 1 -> accessListTransaction();
            case 2 -> dynamicFeeTransaction();
            default -> legacyTransaction();
          };
      reader.leaveList();
      if (reader.hasNext()) {
        throw new TransactionException(TransactionRule.TRAILING_BYTES);
      }
      return transaction;
    } catch (TransactionException e) {
      throw e;
    } catch (MalformedException e) {
      throw new TransactionException(TransactionRule.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private SignedTransaction legacyTransaction() throws MalformedException {
    long nonce = nonce();
    Amount gasPrice = reader.readAmount();
    long gasLimit = gasLimit();
    @Nullable Address recipient = recipient();
    Amount value = reader.readAmount();
    Bytes input = reader.readBytes(SignedTransaction.SIZE_MAX);
    fieldsEnd = reader.position();
    long v = number(TransactionRule.INVALID_SIGNATURE);
    if (v < EIP155_V + 2) {
      throw new TransactionException(
          v == 27 || v == 28
              ? TransactionRule.NOT_REPLAY_PROTECTED
              : TransactionRule.INVALID_SIGNATURE);
    }
    long chainId = (v - EIP155_V) / 2;
    if (chainId > LegacyTransaction.CHAIN_ID_MAX) {
      throw new TransactionException(TransactionRule.WRONG_CHAIN_ID, "have " + chainId);
    }
    Signature signature = signature((int) ((v - EIP155_V) & 1));
    var transaction =
        new LegacyTransaction(chainId, nonce, gasPrice, gasLimit, recipient, value, input);
    Bytes suffix = Bytes.concat(RlpWriter.encode(w -> w.number(chainId)), TWO_ZEROS);
    Bytes fields = fields();
    Bytes header = RlpWriter.listHeader(fields.size() + suffix.size());
    return signed(transaction, signature, Keccak.hash(header, fields, suffix));
  }

  private SignedTransaction accessListTransaction() throws MalformedException {
    long chainId = chainId();
    long nonce = nonce();
    Amount gasPrice = reader.readAmount();
    long gasLimit = gasLimit();
    @Nullable Address recipient = recipient();
    Amount value = reader.readAmount();
    Bytes input = reader.readBytes(SignedTransaction.SIZE_MAX);
    List<AccessListEntry> accessList = accessList();
    fieldsEnd = reader.position();
    Signature signature = typedSignature();
    var transaction =
        new AccessListTransaction(
            chainId, nonce, gasPrice, gasLimit, recipient, value, input, accessList);
    return signed(transaction, signature, typedSigningHash());
  }

  private SignedTransaction dynamicFeeTransaction() throws MalformedException {
    long chainId = chainId();
    long nonce = nonce();
    Amount tip = reader.readAmount();
    Amount feeCap = reader.readAmount();
    long gasLimit = gasLimit();
    @Nullable Address recipient = recipient();
    Amount value = reader.readAmount();
    Bytes input = reader.readBytes(SignedTransaction.SIZE_MAX);
    List<AccessListEntry> accessList = accessList();
    fieldsEnd = reader.position();
    Signature signature = typedSignature();
    var transaction =
        new DynamicFeeTransaction(
            chainId, nonce, tip, feeCap, gasLimit, recipient, value, input, accessList);
    return signed(transaction, signature, typedSigningHash());
  }

  private SignedTransaction signed(Transaction transaction, Signature signature, Hash digest) {
    return new SignedTransaction(transaction, signature, encoded, digest);
  }

  private Hash typedSigningHash() {
    Bytes fields = fields();
    return Keccak.hash(encoded.slice(0, 1), RlpWriter.listHeader(fields.size()), fields);
  }

  private Bytes fields() {
    int typeSize = encoded.unsigned(0) < 0xc0 ? 1 : 0;
    return encoded.slice(typeSize + fieldsStart, fieldsEnd - fieldsStart);
  }

  private long chainId() throws MalformedException {
    long chainId = number(TransactionRule.WRONG_CHAIN_ID);
    if (chainId == 0) {
      throw new TransactionException(TransactionRule.WRONG_CHAIN_ID, "have 0");
    }
    return chainId;
  }

  private long nonce() throws MalformedException {
    return number(TransactionRule.NONCE_OVERFLOW);
  }

  private long gasLimit() throws MalformedException {
    return number(TransactionRule.GAS_LIMIT_OVERFLOW);
  }

  /// A number that fits a long; a well-formed larger one breaks the given rule.
  private long number(TransactionRule tooLarge) throws MalformedException {
    Amount number = reader.readAmount();
    if (!number.fitsLong()) {
      throw new TransactionException(tooLarge);
    }
    return number.toLong();
  }

  private @Nullable Address recipient() throws MalformedException {
    return reader.readOptionalAddress().orElse(null);
  }

  private List<AccessListEntry> accessList() throws MalformedException {
    List<AccessListEntry> entries = new ArrayList<>();
    reader.enterList();
    while (reader.hasNext()) {
      reader.enterList();
      Address address = reader.readAddress();
      List<Hash> keys = new ArrayList<>();
      reader.enterList();
      while (reader.hasNext()) {
        keys.add(reader.readHash());
      }
      reader.leaveList();
      reader.leaveList();
      entries.add(new AccessListEntry(address, keys));
    }
    reader.leaveList();
    return entries;
  }

  private Signature typedSignature() throws MalformedException {
    long parity = number(TransactionRule.INVALID_SIGNATURE);
    if (parity > 1) {
      throw new TransactionException(TransactionRule.INVALID_SIGNATURE);
    }
    return signature((int) parity);
  }

  private Signature signature(int parity) throws MalformedException {
    Signature signature = new Signature(reader.readWord(), reader.readWord(), parity);
    if (!signature.isInRange()) {
      throw new TransactionException(TransactionRule.INVALID_SIGNATURE);
    }
    if (!signature.isLowS()) {
      throw new TransactionException(TransactionRule.HIGH_S);
    }
    return signature;
  }
}
