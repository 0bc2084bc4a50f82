package org.bitcloud.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiError;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.tx.AccessListEntry;
import org.bitcloud.primitives.tx.AccessListTransaction;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Fees, transfers, admission and calls, with a corporation made for it.
class RulesTest {
  private static final long CHAIN = 77;
  private static final KeyPair SENDER = KeyPair.of(Sha256.hash(Bytes.ofUtf8("sender")).bytes());
  private static final Address TO = Address.ofPublicKey(Bytes.wrap(new byte[64]));
  private static final Address PROPOSER =
      KeyPair.of(Sha256.hash(Bytes.of((byte) 9)).bytes()).address();
  private static final Amount WEALTH = Amount.CLOUDCOIN;
  private static final Amount BASE = Amount.of(1_000);
  private static final long BLOCK_GAS = 1_000_000;

  private final Rules rules =
      Rules.of(CHAIN, FeeSchedule.DEFAULT, List.of(new SampleCorporation()));
  private final Memory state = new Memory();
  private final BlockContext block = block(PROPOSER);

  /// A state in memory.
  private static final class Memory implements MutableState {
    final Map<Bytes, Bytes> map = new HashMap<>();

    @Override
    public @Nullable Bytes get(Bytes key) {
      return map.get(key);
    }

    @Override
    public void put(Bytes key, Bytes value) {
      map.put(key, value);
    }

    @Override
    public void delete(Bytes key) {
      map.remove(key);
    }
  }

  private static BlockContext block(Address proposer) {
    return new BlockContext(CHAIN, Hash.ZERO, 5, 5_000, proposer, BASE, Hash.ZERO, 4_000);
  }

  @BeforeEach
  void genesis() throws GenesisException {
    rules.genesis(state, new GenesisSpec(Hash.ZERO, 0, Map.of(SENDER.address(), WEALTH), Map.of()));
  }

  private static DynamicFeeTransaction transaction(Address to, long value, Bytes input) {
    return new DynamicFeeTransaction(
        CHAIN, 0, Amount.of(7), BASE.times(2), 100_000, to, Amount.of(value), input);
  }

  private Outcome apply(Transaction tx) {
    SignedTransaction signed = SignedTransaction.sign(tx, SENDER);
    return rules.apply(state, block, signed, BLOCK_GAS, SENDER.address());
  }

  private TransactionResult applied(Transaction tx) {
    TransactionResult result = assertInstanceOf(Outcome.Applied.class, apply(tx)).result();
    assertConserved();
    return result;
  }

  private Amount balance(Address address) {
    return Account.of(state, address).balance();
  }

  private void assertConserved() {
    Amount sum = Amount.ZERO;
    for (Map.Entry<Bytes, Bytes> entry : state.map.entrySet()) {
      if (entry.getKey().get(0) == StateKeys.ACCOUNT) {
        sum = sum.plus(Account.ofStored(entry.getValue()).balance());
      }
    }
    assertEquals(rules.supply(state).circulating(), sum);
  }

  @Test
  void aTransferMovesTheValueAndBurnsTheBaseFee() {
    TransactionResult result = applied(transaction(TO, 1_000_000, Bytes.EMPTY));
    assertTrue(result.success());
    assertEquals(21_000, result.gasUsed());
    assertEquals(Amount.of(1_007), result.effectiveGasPrice());
    assertEquals(Amount.of(21_000_000), result.burned());
    assertEquals(Amount.of(147_000), result.tip());
    assertEquals(Amount.of(1_000_000), balance(TO));
    assertEquals(Amount.of(147_000), balance(PROPOSER));
    assertEquals(Amount.of(21_000_000), rules.supply(state).burned());
    assertEquals(WEALTH.minus(Amount.of(1_000_000 + 21_000 * 1_007L)), balance(SENDER.address()));
    assertEquals(1, Account.of(state, SENDER.address()).nonce());
  }

  @Test
  void aTransferToOneselfCostsOnlyTheFee() {
    applied(transaction(SENDER.address(), 5, Bytes.EMPTY));
    assertEquals(WEALTH.minus(Amount.of(21_000 * 1_007L)), balance(SENDER.address()));
  }

  @Test
  void aTransferOfNothingCreatesNoAccount() {
    applied(transaction(TO, 0, Bytes.EMPTY));
    assertFalse(state.map.containsKey(StateKeys.account(TO)));
  }

  @Test
  void inputIsChargedAsEip2028SaysAndAccessListsAsEip2930() {
    Bytes input = Bytes.of((byte) 0, (byte) 1, (byte) 0, (byte) 2);
    assertEquals(21_000 + 2 * 4 + 2 * 16, applied(transaction(TO, 0, input)).gasUsed());
    TransactionResult withList =
        applied(
            new AccessListTransaction(
                CHAIN,
                1,
                BASE,
                100_000,
                TO,
                Amount.ZERO,
                Bytes.EMPTY,
                List.of(new AccessListEntry(TO, List.of(Hash.ZERO, Hash.ZERO)))));
    assertEquals(21_000 + 2_400 + 2 * 1_900, withList.gasUsed());
  }

  @Test
  void legacyPriceIsCapAndTipInOne() {
    TransactionResult result =
        applied(
            new LegacyTransaction(
                CHAIN, 0, Amount.of(1_500), 21_000, TO, Amount.ZERO, Bytes.EMPTY));
    assertEquals(Amount.of(1_500), result.effectiveGasPrice());
    assertEquals(Amount.of(500 * 21_000), result.tip());
  }

  @Test
  void everyAdmissionRuleRefusesWhatBreaksItAlone() throws GenesisException {
    Map<AdmissionRule, Transaction> table = new EnumMap<>(AdmissionRule.class);
    DynamicFeeTransaction good = transaction(TO, 1, Bytes.EMPTY);
    table.put(AdmissionRule.WRONG_CHAIN, with(good, CHAIN + 1, 0, 7, 2_000, 21_000, TO));
    table.put(AdmissionRule.NO_RECIPIENT, with(good, CHAIN, 0, 7, 2_000, 21_000, null));
    table.put(AdmissionRule.NONCE_TOO_LOW, with(good, CHAIN, 0, 7, 2_000, 21_000, TO));
    table.put(AdmissionRule.NONCE_TOO_HIGH, with(good, CHAIN, 2, 7, 2_000, 21_000, TO));
    table.put(AdmissionRule.FEE_CAP_BELOW_BASE_FEE, with(good, CHAIN, 1, 7, 999, 21_000, TO));
    table.put(AdmissionRule.TIP_ABOVE_FEE_CAP, with(good, CHAIN, 1, 2_001, 2_000, 21_000, TO));
    table.put(AdmissionRule.INTRINSIC_GAS, with(good, CHAIN, 1, 7, 2_000, 20_999, TO));
    table.put(AdmissionRule.BLOCK_GAS, with(good, CHAIN, 1, 7, 2_000, BLOCK_GAS + 1, TO));
    table.put(
        AdmissionRule.INSUFFICIENT_FUNDS,
        with(good, CHAIN, 1, 7, 1_000_000_000_000_000L, 21_000, TO));
    applied(good);
    Map<Bytes, Bytes> before = Map.copyOf(state.map);
    table.forEach(
        (rule, tx) -> {
          Outcome.Rejected rejected = assertInstanceOf(Outcome.Rejected.class, apply(tx));
          assertEquals(rule, rejected.rule());
          assertEquals(rule.code(), rejected.code());
          assertTrue(rejected.message().startsWith(rule.text()));
          SignedTransaction signed = SignedTransaction.sign(tx, SENDER);
          assertEquals(
              rejected,
              rules.admit(state, block, signed, BLOCK_GAS, SENDER.address()).orElseThrow());
        });
    assertEquals(before, state.map, "what is rejected leaves no trace");

    setAccount(new Account(Long.MAX_VALUE, WEALTH, Hash.ZERO));
    Transaction last = with(good, CHAIN, Long.MAX_VALUE, 7, 2_000, 21_000, TO);
    assertRule(AdmissionRule.NONCE_MAX, last);
    setAccount(new Account(1, WEALTH, Sha256.hash(Bytes.EMPTY)));
    assertRule(AdmissionRule.SENDER_IS_CORPORATION, with(good, CHAIN, 1, 7, 2_000, 21_000, TO));
    assertEquals(AdmissionRule.values().length, table.size() + 2);
    assertEquals(
        EnumSet.complementOf(
            EnumSet.of(AdmissionRule.NONCE_MAX, AdmissionRule.SENDER_IS_CORPORATION)),
        table.keySet());
  }

  private void setAccount(Account account) {
    state.put(StateKeys.account(SENDER.address()), account.encode());
  }

  private void assertRule(AdmissionRule rule, Transaction tx) {
    assertEquals(rule, assertInstanceOf(Outcome.Rejected.class, apply(tx)).rule());
  }

  private static Transaction with(
      Transaction tx, long chain, long nonce, long tip, long cap, long gas, @Nullable Address to) {
    return new DynamicFeeTransaction(
        chain, nonce, Amount.of(tip), Amount.of(cap), gas, to, tx.value(), tx.input());
  }

  private TransactionResult call(String act, long value) {
    long nonce = Account.of(state, SENDER.address()).nonce();
    DynamicFeeTransaction tx = transaction(SampleCorporation.ADDRESS, value, Bytes.ofUtf8(act));
    return applied(
        new DynamicFeeTransaction(
            CHAIN,
            nonce,
            tx.maxPriorityFeePerGas(),
            tx.maxFeePerGas(),
            tx.gasLimit(),
            tx.recipient(),
            tx.value(),
            tx.input()));
  }

  @Test
  void aCallChangesEntriesAndEmitsLogs() {
    TransactionResult written = call("w", 3);
    assertTrue(written.success());
    assertEquals(Bytes.ofUtf8("w"), written.output());
    assertEquals(21_000 + 16 + 5_000 + 20 * 2, written.gasUsed(), "input, one write of two bytes");
    Bytes entry = StateKeys.entry(SampleCorporation.ADDRESS, SampleCorporation.KEY);
    assertEquals(Bytes.ofUtf8("w"), state.get(entry));
    assertEquals(Amount.of(3), balance(SampleCorporation.ADDRESS));
    Log log = call("l", 0).logs().getFirst();
    assertEquals(
        new Log(SampleCorporation.ADDRESS, List.of(SampleCorporation.TOPIC), Bytes.ofUtf8("l")),
        log);
    assertTrue(call("d", 0).success());
    assertFalse(state.map.containsKey(entry));
  }

  @Test
  void aRevertUndoesEverythingButTheFeeAndTellsWhy() throws MalformedException {
    TransactionResult result = call("?", 1_000);
    assertFalse(result.success());
    assertEquals(List.of(), result.logs());
    assertEquals(Amount.ZERO, balance(SampleCorporation.ADDRESS));
    assertEquals(List.of("SMP-01 no such act"), AbiError.REASON.decode(result.output()));
    assertTrue(result.gasUsed() < 100_000);
    assertEquals(
        WEALTH.minus(result.effectiveGasPrice().times(result.gasUsed())),
        balance(SENDER.address()));
  }

  @Test
  void runningOutOfGasTakesAllOfTheLimit() {
    TransactionResult result = call("c", 1_000);
    assertFalse(result.success());
    assertEquals(100_000, result.gasUsed());
    assertEquals(Bytes.EMPTY, result.output());
    assertEquals(Amount.ZERO, balance(SampleCorporation.ADDRESS));
  }

  @Test
  void anAmountOutOfRangeRevertsInsteadOfWrapping() throws MalformedException {
    TransactionResult result = call("o", 0);
    assertFalse(result.success());
    assertEquals(List.of("TX-20 amount out of range"), AbiError.REASON.decode(result.output()));
  }

  @Test
  void aCorporationBurnsAndPays() {
    TransactionResult burned = call("b", 500);
    assertEquals(Amount.of(500).plus(burned.burned()), rules.supply(state).burned());
    call("t", 700);
    assertEquals(Amount.ZERO, balance(SampleCorporation.ADDRESS));
  }

  @Test
  void aViewLeavesNothingBehindEvenAsATransaction() {
    TransactionResult result = call("v", 9);
    assertTrue(result.success());
    assertEquals(List.of(), result.logs());
    assertFalse(
        state.map.containsKey(StateKeys.entry(SampleCorporation.ADDRESS, SampleCorporation.KEY)));
    assertEquals(Amount.of(9), balance(SampleCorporation.ADDRESS));
  }

  @Test
  void aTipToACorporationIsBurned() {
    SignedTransaction tx = SignedTransaction.sign(transaction(TO, 0, Bytes.EMPTY), SENDER);
    rules.apply(state, block(SampleCorporation.ADDRESS), tx, BLOCK_GAS, SENDER.address());
    assertEquals(Amount.ZERO, balance(SampleCorporation.ADDRESS));
    assertEquals(Amount.of(21_000 * 1_007), rules.supply(state).burned());
    assertConserved();
  }

  private CallResult simulate(String act, long value, long gas) {
    return rules.call(
        state,
        block,
        SENDER.address(),
        SampleCorporation.ADDRESS,
        Amount.of(value),
        Bytes.ofUtf8(act),
        gas);
  }

  @Test
  void aSimulatedCallWritesNothingAndTellsHowItWouldEnd() {
    Map<Bytes, Bytes> before = Map.copyOf(state.map);
    CallResult success = simulate("w", 3, 100_000);
    assertEquals(CallResult.Status.SUCCESS, success.status());
    assertEquals(Bytes.ofUtf8("w"), success.output());
    assertEquals(CallResult.Status.SUCCESS, simulate("w", 3, success.gasUsed()).status());
    assertEquals(CallResult.Status.OUT_OF_GAS, simulate("w", 3, success.gasUsed() - 1).status());
    CallResult reverted = simulate("?", 0, 100_000);
    assertEquals(CallResult.Status.REVERTED, reverted.status());
    assertEquals("SMP-01 no such act", reverted.message());
    assertEquals(CallResult.Status.REFUSED, simulate("w", 3, 21_000).status());
    assertEquals(CallResult.Status.REFUSED, simulate("w", Long.MAX_VALUE, 100_000).status());
    assertEquals(before, state.map);
  }

  @Test
  void genesisGivesCorporationsAnAccountThatWalletsSee() {
    Account account = Account.of(state, SampleCorporation.ADDRESS);
    assertTrue(account.isCorporation());
    assertEquals(WEALTH, rules.supply(state).genesis());
    assertEquals(Hash.ZERO, rules.beacon(state));
    rules.beginBlock(state, block);
    assertEquals(block.parentHash(), rules.beacon(state));
  }

  @Test
  void genesisRefusesWhatItDoesNotKnow() {
    assertGenesisFails(Map.of(SampleCorporation.ADDRESS, WEALTH), Map.of());
    assertGenesisFails(Map.of(), Map.of("other", Map.of()));
    assertGenesisFails(Map.of(), Map.of("sample", Map.of("key", "value")));
    assertThrows(GenesisException.class, () -> Corporations.load(List.of("unheard-of")));
  }

  private void assertGenesisFails(
      Map<Address, Amount> allocations, Map<String, Map<String, String>> corporations) {
    GenesisSpec spec = new GenesisSpec(Hash.ZERO, 0, allocations, corporations);
    assertThrows(GenesisException.class, () -> rules.genesis(new Memory(), spec));
  }
}
