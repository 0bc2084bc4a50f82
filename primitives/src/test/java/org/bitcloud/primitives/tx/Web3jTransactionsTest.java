package org.bitcloud.primitives.tx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.AccessListObject;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/// What web3j signs is, byte for byte, what we sign.
final class Web3jTransactionsTest {
  private record Fields(
      long chainId,
      long nonce,
      Amount tip,
      Amount cap,
      long gasLimit,
      Address to,
      Amount value,
      Bytes input) {
    static Fields choose(Choices choices) {
      return new Fields(
          choices.longBetween(1, 1L << 40),
          choices.longBetween(0, Long.MAX_VALUE),
          Amount.ofBytes(Bytes.wrap(choices.bytesUpTo(9))),
          Amount.ofBytes(Bytes.wrap(choices.bytesUpTo(9))),
          choices.longBetween(0, Long.MAX_VALUE),
          Address.of(choices.bytes(20)),
          Amount.ofBytes(Bytes.wrap(choices.bytesUpTo(32))),
          Bytes.wrap(choices.bytesUpTo(100)));
    }

    BigInteger bigNonce() {
      return BigInteger.valueOf(nonce);
    }

    BigInteger bigGas() {
      return BigInteger.valueOf(gasLimit);
    }
  }

  private static void agree(Choices choices, RawTransaction theirs, Transaction ours, long chainId)
      throws TransactionException {
    Bytes secret = Bytes.wrap(choices.bytes(31));
    Bytes key = Bytes.concat(secret, Bytes.of((byte) 1));
    Credentials credentials = Credentials.create(key.toHex());
    Bytes expected =
        Bytes.wrap(
            ours.type() == 0
                ? TransactionEncoder.signMessage(theirs, chainId, credentials)
                : TransactionEncoder.signMessage(theirs, credentials));
    try (KeyPair pair = KeyPair.of(key)) {
      assertEquals(expected.toHex(), SignedTransaction.sign(ours, pair).encoded().toHex());
      SignedTransaction decoded = SignedTransaction.decode(expected);
      assertEquals(ours, decoded.transaction());
      assertEquals(pair.address(), decoded.sender());
    }
  }

  @Test
  void agreesOnLegacyTransactions() {
    Property.named("web3j type 0")
        .runs(60)
        .check(
            choices -> {
              Fields f = Fields.choose(choices);
              RawTransaction theirs =
                  RawTransaction.createTransaction(
                      f.bigNonce(),
                      f.cap.drops(),
                      f.bigGas(),
                      f.to.toHex(),
                      f.value.drops(),
                      f.input.toHex());
              Transaction ours =
                  new LegacyTransaction(
                      f.chainId, f.nonce, f.cap, f.gasLimit, f.to, f.value, f.input);
              agree(choices, theirs, ours, f.chainId);
            });
  }

  @Test
  void agreesOnAccessListTransactions() {
    Property.named("web3j type 1")
        .runs(60)
        .check(
            choices -> {
              Fields f = Fields.choose(choices);
              List<AccessListEntry> list =
                  choices.listUpTo(
                      3,
                      c ->
                          new AccessListEntry(
                              Address.of(c.bytes(20)), c.listUpTo(3, k -> Hash.wrap(k.bytes(32)))));
              RawTransaction theirs =
                  RawTransaction.createTransaction(
                      f.chainId,
                      f.bigNonce(),
                      f.cap.drops(),
                      f.bigGas(),
                      f.to.toHex(),
                      f.value.drops(),
                      f.input.toHex(),
                      list.stream().map(Web3jTransactionsTest::accessListObject).toList());
              Transaction ours =
                  new AccessListTransaction(
                      f.chainId, f.nonce, f.cap, f.gasLimit, f.to, f.value, f.input, list);
              agree(choices, theirs, ours, f.chainId);
            });
  }

  private static AccessListObject accessListObject(AccessListEntry entry) {
    return new AccessListObject(
        entry.address().toHex(), entry.storageKeys().stream().map(Hash::toHex).toList());
  }

  @Test
  void agreesOnDynamicFeeTransactions() {
    Property.named("web3j type 2")
        .runs(60)
        .check(
            choices -> {
              Fields f = Fields.choose(choices);
              RawTransaction theirs =
                  RawTransaction.createTransaction(
                      f.chainId,
                      f.bigNonce(),
                      f.bigGas(),
                      f.to.toHex(),
                      f.value.drops(),
                      f.input.toHex(),
                      f.tip.drops(),
                      f.cap.drops());
              Transaction ours =
                  new DynamicFeeTransaction(
                      f.chainId, f.nonce, f.tip, f.cap, f.gasLimit, f.to, f.value, f.input);
              agree(choices, theirs, ours, f.chainId);
            });
  }
}
