package org.bitcloud.primitives.tx;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// Writes transactions as Ethereum does: EIP-155, EIP-2718, EIP-2930, EIP-1559.
final class TransactionEncoding {
  /// `v` of EIP-155 is twice the chain id plus this plus the parity.
  static final int EIP155_V = 35;

  private TransactionEncoding() {}

  static void checkRanges(long chainId, long nonce, long gasLimit) {
    if (chainId < 1 || nonce < 0 || gasLimit < 0) {
      throw new IllegalArgumentException(
          "chain id "
              + chainId
              + ", nonce "
              + nonce
              + " or gas limit "
              + gasLimit
              + " is out of range");
    }
  }

  static Hash signingHash(Transaction transaction) {
    RlpWriter writer = begin(transaction);
    fields(writer, transaction);
    if (transaction instanceof LegacyTransaction legacy) {
      writer.number(legacy.chainId()).number(0).number(0);
    }
    return Keccak.hash(writer.endList().toBytes());
  }

  static Bytes signed(Transaction transaction, Signature signature) {
    RlpWriter writer = begin(transaction);
    fields(writer, transaction);
    if (transaction instanceof LegacyTransaction legacy) {
      writer.number(2 * legacy.chainId() + EIP155_V + signature.recoveryId());
    } else {
      writer.number(signature.recoveryId());
    }
    writer.amount(Amount.ofBytes(signature.r())).amount(Amount.ofBytes(signature.s()));
    return writer.endList().toBytes();
  }

  private static RlpWriter begin(Transaction transaction) {
    RlpWriter writer = new RlpWriter();
    if (transaction.type() != 0) {
      writer.raw(Bytes.of((byte) transaction.type()));
    }
    return writer.beginList();
  }

  private static void fields(RlpWriter writer, Transaction transaction) {
    switch (transaction) {
      case LegacyTransaction tx -> {
        writer.number(tx.nonce()).amount(tx.gasPrice());
        call(writer, tx);
      }
      case AccessListTransaction tx -> {
        writer.number(tx.chainId()).number(tx.nonce()).amount(tx.gasPrice());
        call(writer, tx);
        accessList(writer, tx);
      }
      case DynamicFeeTransaction tx -> {
        writer.number(tx.chainId()).number(tx.nonce());
        writer.amount(tx.maxPriorityFeePerGas()).amount(tx.maxFeePerGas());
        call(writer, tx);
        accessList(writer, tx);
      }
    }
  }

  private static void call(RlpWriter writer, Transaction tx) {
    writer.number(tx.gasLimit());
    @Nullable Address recipient = tx.recipient();
    writer.bytes(recipient == null ? Bytes.EMPTY : recipient.bytes());
    writer.amount(tx.value()).bytes(tx.input());
  }

  private static void accessList(RlpWriter writer, Transaction tx) {
    writer.beginList();
    for (AccessListEntry entry : tx.accessList()) {
      writer.beginList().address(entry.address()).beginList();
      entry.storageKeys().forEach(writer::hash);
      writer.endList().endList();
    }
    writer.endList();
  }
}
