package org.bitcloud.primitives.tx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

final class SignedTransactionTest {
  private static final KeyPair KEY = KeyPair.of(Vectors.hex("46".repeat(32)));
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final Address TO = Address.of(Vectors.hex("35".repeat(20)).toArray());
  private static final Transaction LEGACY =
      new LegacyTransaction(
          1, 9, Amount.of(20_000_000_000L), 21_000, TO, Amount.CLOUDCOIN, Bytes.EMPTY);
  private static final Transaction DYNAMIC =
      new DynamicFeeTransaction(
          201403, 0, Amount.of(2), Amount.of(10), 21_000, TO, Amount.of(5), Vectors.hex("c0ffee"));

  private static TransactionRule refusal(Bytes encoded) {
    return assertThrows(TransactionException.class, () -> SignedTransaction.decode(encoded)).rule();
  }

  private static TransactionRule staticRefusal(Transaction transaction) {
    SignedTransaction signed = SignedTransaction.sign(transaction, KEY);
    return assertThrows(TransactionException.class, () -> signed.checkStatic(201403)).rule();
  }

  /// The example of EIP-155.
  @Test
  void signsAsTheExampleOfEip155() throws MalformedException {
    assertEquals(
        "0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53",
        LEGACY.signingHash().toHex());
    SignedTransaction signed = SignedTransaction.sign(LEGACY, KEY);
    assertEquals(
        "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a7640000"
            + "8025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f"
            + "761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
        signed.encoded().toHex());
    assertEquals(KEY.address(), SignedTransaction.decode(signed.encoded()).sender());
  }

  @Test
  void remembersTheSenderItWasTold() throws MalformedException {
    SignedTransaction decoded =
        SignedTransaction.decode(SignedTransaction.sign(DYNAMIC, KEY).encoded());
    assertNull(decoded.senderIfKnown());
    Address other = Address.of(new byte[20]);
    decoded.rememberSender(other);
    assertSame(other, decoded.sender());
  }

  @Test
  void pricesGasByTipAndCap() {
    assertEquals(Amount.of(9), DYNAMIC.effectiveGasPrice(Amount.of(7)));
    assertEquals(Amount.of(1), DYNAMIC.tip(Amount.of(9)));
    assertEquals(Amount.of(210_005), DYNAMIC.maxCost());
    assertEquals(Amount.of(20_000_000_000L), LEGACY.effectiveGasPrice(Amount.of(7)));
    assertThrows(ArithmeticException.class, () -> DYNAMIC.tip(Amount.of(11)));
    assertEquals(Optional.of(TO), DYNAMIC.to());
  }

  @Test
  void refusesWhatBreaksOneRuleByThatRule() {
    Bytes valid = SignedTransaction.sign(DYNAMIC, KEY).encoded();
    Bytes legacy = SignedTransaction.sign(LEGACY, KEY).encoded();
    EnumSet<TransactionRule> seen = EnumSet.noneOf(TransactionRule.class);
    Stream.of(
            new Case(TransactionRule.MALFORMED, Bytes.EMPTY),
            new Case(TransactionRule.MALFORMED, valid.slice(0, valid.size() - 1)),
            new Case(
                TransactionRule.OVERSIZED, Bytes.wrap(new byte[SignedTransaction.SIZE_MAX + 1])),
            new Case(TransactionRule.UNKNOWN_TYPE, with(valid, 0, 3)),
            new Case(TransactionRule.UNKNOWN_TYPE, with(valid, 0, 0)),
            new Case(TransactionRule.UNKNOWN_TYPE, with(valid, 0, 0x7f)),
            new Case(TransactionRule.UNKNOWN_TYPE, with(valid, 0, 0x80)),
            new Case(TransactionRule.TRAILING_BYTES, Bytes.concat(valid, Vectors.hex("00"))),
            new Case(TransactionRule.TRAILING_BYTES, Bytes.concat(legacy, Vectors.hex("c0"))),
            new Case(TransactionRule.NOT_REPLAY_PROTECTED, legacy(27, w -> w.number(0))),
            new Case(TransactionRule.NOT_REPLAY_PROTECTED, legacy(28, w -> w.number(0))),
            new Case(TransactionRule.INVALID_SIGNATURE, legacy(35, w -> w.number(0))),
            new Case(TransactionRule.INVALID_SIGNATURE, legacy(0, w -> w.number(0))),
            new Case(
                TransactionRule.NONCE_OVERFLOW,
                legacy(37, w -> w.amount(Amount.of(BigInteger.ONE.shiftLeft(63))))),
            new Case(TransactionRule.MALFORMED, legacy(37, w -> w.bytes(Bytes.of((byte) 0)))),
            new Case(TransactionRule.WRONG_CHAIN_ID, dynamic(0, 1, BigInteger.ONE, BigInteger.ONE)),
            new Case(
                TransactionRule.INVALID_SIGNATURE, dynamic(5, 2, BigInteger.ONE, BigInteger.ONE)),
            new Case(
                TransactionRule.INVALID_SIGNATURE, dynamic(5, 1, BigInteger.ZERO, BigInteger.ONE)),
            new Case(
                TransactionRule.INVALID_SIGNATURE, dynamic(5, 1, BigInteger.ONE, BigInteger.ZERO)),
            new Case(TransactionRule.INVALID_SIGNATURE, dynamic(5, 1, ORDER, BigInteger.ONE)),
            new Case(TransactionRule.INVALID_SIGNATURE, dynamic(5, 1, BigInteger.ONE, ORDER)),
            new Case(
                TransactionRule.HIGH_S,
                dynamic(5, 1, BigInteger.ONE, ORDER.shiftRight(1).add(BigInteger.ONE))))
        .forEach(
            row -> {
              assertEquals(row.rule, refusal(row.encoded), row.encoded.toString());
              seen.add(row.rule);
            });
    assertEquals(EnumSet.range(TransactionRule.OVERSIZED, TransactionRule.NONCE_OVERFLOW), seen);
  }

  private record Case(TransactionRule rule, Bytes encoded) {}

  @Test
  void refusesStaticallyWhatNoStateCouldMakeRight() {
    assertEquals(TransactionRule.WRONG_CHAIN_ID, staticRefusal(LEGACY));
    assertEquals(
        TransactionRule.TIP_ABOVE_FEE_CAP,
        staticRefusal(dynamicFee(Amount.of(11), Amount.of(10), Amount.ZERO)));
    assertEquals(
        TransactionRule.COST_OVERFLOW,
        staticRefusal(dynamicFee(Amount.ZERO, Amount.MAX, Amount.ZERO)));
    assertEquals(
        TransactionRule.COST_OVERFLOW,
        staticRefusal(dynamicFee(Amount.ZERO, Amount.ONE, Amount.MAX)));
  }

  private static Transaction dynamicFee(Amount tip, Amount cap, Amount value) {
    return new DynamicFeeTransaction(201403, 0, tip, cap, 21_000, TO, value, Bytes.EMPTY);
  }

  @Test
  void acceptsOnlyTheEncodingItWouldWrite() {
    Bytes[] valid = {
      SignedTransaction.sign(LEGACY, KEY).encoded(), SignedTransaction.sign(DYNAMIC, KEY).encoded()
    };
    Property.named("transactions are canonical")
        .runs(4000)
        .check(
            choices -> {
              byte[] bytes = choices.pick(Arrays.asList(valid)).toArray();
              bytes[choices.below(bytes.length)] = (byte) choices.below(256);
              Bytes mutated = Bytes.wrap(bytes);
              SignedTransaction decoded;
              try {
                decoded = SignedTransaction.decode(mutated);
              } catch (TransactionException e) {
                return;
              }
              assertEquals(
                  mutated, TransactionEncoding.signed(decoded.transaction(), decoded.signature()));
              assertEquals(decoded.transaction().signingHash(), decoded.signingHash());
            });
  }

  @Test
  void anotherParityIsAnotherSender() throws MalformedException {
    SignedTransaction signed = SignedTransaction.sign(DYNAMIC, KEY);
    Signature twin =
        new Signature(
            signed.signature().r(), signed.signature().s(), signed.signature().recoveryId() ^ 1);
    SignedTransaction decoded = SignedTransaction.decode(TransactionEncoding.signed(DYNAMIC, twin));
    assertNotEquals(KEY.address(), decoded.sender());
    assertNotEquals(signed.hash(), decoded.hash());
  }

  @Test
  void refusesToBuildWhatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> legacyOf(0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> legacyOf(1, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> legacyOf(1, 0, -1));
    assertThrows(
        IllegalArgumentException.class, () -> legacyOf(LegacyTransaction.CHAIN_ID_MAX + 1, 0, 0));
    Transaction large =
        new LegacyTransaction(
            1,
            0,
            Amount.ONE,
            0,
            null,
            Amount.ZERO,
            Bytes.wrap(new byte[SignedTransaction.SIZE_MAX]));
    assertThrows(IllegalArgumentException.class, () -> SignedTransaction.sign(large, KEY));
  }

  @Test
  void takesTheLargestChainIdOfEip155() throws MalformedException {
    Transaction largest = legacyOf(LegacyTransaction.CHAIN_ID_MAX, 0, 0);
    SignedTransaction signed = SignedTransaction.sign(largest, KEY);
    assertEquals(largest, SignedTransaction.decode(signed.encoded()).transaction());
  }

  private static Transaction legacyOf(long chainId, long nonce, long gasLimit) {
    return new LegacyTransaction(
        chainId, nonce, Amount.ONE, gasLimit, TO, Amount.ZERO, Bytes.EMPTY);
  }

  @Test
  void carriesAccessListsOfAnyShape() throws MalformedException {
    List<AccessListEntry> list =
        List.of(
            new AccessListEntry(TO, List.of()),
            new AccessListEntry(TO, List.of(Hash.ZERO, Hash.ZERO)));
    Transaction transaction =
        new AccessListTransaction(7, 1, Amount.ONE, 50_000, null, Amount.ZERO, Bytes.EMPTY, list);
    SignedTransaction signed = SignedTransaction.sign(transaction, KEY);
    SignedTransaction decoded = SignedTransaction.decode(signed.encoded());
    assertEquals(transaction, decoded.transaction());
    assertEquals(Optional.empty(), decoded.transaction().to());
  }

  private static Bytes with(Bytes bytes, int at, int value) {
    byte[] array = bytes.toArray();
    array[at] = (byte) value;
    return Bytes.wrap(array);
  }

  private static Bytes legacy(long v, java.util.function.Consumer<RlpWriter> nonce) {
    return RlpWriter.encode(
        w -> {
          w.beginList();
          nonce.accept(w);
          w.number(1).number(21_000).address(TO).number(5).bytes(Bytes.EMPTY);
          w.number(v).number(1).number(1).endList();
        });
  }

  private static Bytes dynamic(long chainId, long parity, BigInteger r, BigInteger s) {
    return RlpWriter.encode(
        w -> {
          w.raw(Bytes.of((byte) 2)).beginList().number(chainId).number(0).number(1).number(1);
          w.number(21_000).address(TO).number(5).bytes(Bytes.EMPTY).beginList().endList();
          w.number(parity).amount(Amount.of(r)).amount(Amount.of(s)).endList();
        });
  }
}
