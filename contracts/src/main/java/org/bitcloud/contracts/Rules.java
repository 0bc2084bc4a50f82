package org.bitcloud.contracts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.AmountException;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.attestation.AttestationSigners;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;
import org.jspecify.annotations.Nullable;

/// The rules of one network: how genesis, blocks, transactions and calls change the state.
///
/// Pure functions of their arguments, equal on every machine. Immutable; any number of threads may
/// use it, each with a state of its own.
public final class Rules {
  private static final String AMOUNT_RULE = "TX-20";
  private static final String INACTIVE_RULE = "TX-21";

  private final long chainId;
  private final FeeSchedule fees;
  private final Map<Address, Corporation> corporations;

  private Rules(long chainId, FeeSchedule fees, Map<Address, Corporation> corporations) {
    this.chainId = chainId;
    this.fees = fees;
    this.corporations = corporations;
  }

  /// The rules of a network with the given corporations, whose hooks run in the given order.
  ///
  /// @throws IllegalArgumentException if two corporations share an address or a name
  public static Rules of(long chainId, FeeSchedule fees, List<Corporation> corporations) {
    Map<Address, Corporation> byAddress = new LinkedHashMap<>();
    for (Corporation corporation : corporations) {
      if (byAddress.putIfAbsent(corporation.address(), corporation) != null) {
        throw new IllegalArgumentException("two corporations at " + corporation.address());
      }
    }
    if (corporations.stream().map(Corporation::name).distinct().count() != corporations.size()) {
      throw new IllegalArgumentException("two corporations of one name");
    }
    return new Rules(chainId, fees, byAddress);
  }

  /// The corporations in the order of their hooks.
  public List<Corporation> corporations() {
    return List.copyOf(corporations.values());
  }

  /// The corporation at an address.
  public Optional<Corporation> corporation(Address address) {
    return Optional.ofNullable(corporations.get(address));
  }

  /// What gas is charged for.
  public FeeSchedule fees() {
    return fees;
  }

  /// The network's id.
  public long chainId() {
    return chainId;
  }

  /// Writes the state of the genesis block into an empty state.
  ///
  /// @throws GenesisException if the specification asks for what the rules cannot do
  public void genesis(MutableState state, GenesisSpec spec) throws GenesisException {
    BlockContext block =
        new BlockContext(
            chainId,
            spec.genesisHash(),
            0,
            spec.timeMillis(),
            Address.ZERO,
            Amount.ZERO,
            Hash.ZERO,
            spec.timeMillis());
    Ledger ledger = new Ledger(state);
    Amount total = Amount.ZERO;
    for (Map.Entry<Address, Amount> allocation : spec.allocations().entrySet()) {
      if (corporations.containsKey(allocation.getKey())) {
        throw new GenesisException(
            "a corporation cannot be allocated drops: " + allocation.getKey());
      }
      ledger.credit(allocation.getKey(), allocation.getValue());
      total = total.plus(allocation.getValue());
    }
    state.put(StateKeys.SUPPLY, new Supply(total, Amount.ZERO, Amount.ZERO).encode());
    foundCorporations(state, spec, block);
  }

  private void foundCorporations(MutableState state, GenesisSpec spec, BlockContext block)
      throws GenesisException {
    for (String name : spec.corporations().keySet()) {
      if (corporations.values().stream().noneMatch(c -> c.name().equals(name))) {
        throw new GenesisException("parameters for an unknown corporation '" + name + "'");
      }
    }
    for (Corporation corporation : corporations.values()) {
      Account account = new Account(0, Amount.ZERO, Keccak.hash(corporation.marker()));
      new Ledger(state).store(corporation.address(), account);
      corporation.genesis(
          new Hook(state, block, corporation.address()),
          spec.corporations().getOrDefault(corporation.name(), Map.of()));
    }
  }

  /// Runs what happens before the first transaction of a block.
  public void beginBlock(MutableState state, BlockContext block) {
    for (Corporation corporation : corporations.values()) {
      corporation.beginBlock(new Hook(state, block, corporation.address()));
    }
  }

  /// Whether a block of a height may carry bandwidth attestations.
  public boolean takesAttestations(long height) {
    return attestationRules(height).isPresent();
  }

  /// Applies one attestation, before the first transaction of its block.
  ///
  /// @param signers recovered by the caller
  /// @return empty when it is part of the block now, or why it may not be; then nothing changed
  public Optional<AttestationRefusal> attest(
      MutableState state,
      BlockContext block,
      BandwidthAttestation attestation,
      AttestationSigners signers) {
    Optional<Corporation> judge = attestationRules(block.height());
    if (judge.isEmpty()) {
      return Optional.of(
          new AttestationRefusal(
              INACTIVE_RULE,
              INACTIVE_RULE + " no rules for attestations at height " + block.height()));
    }
    Journal journal = new Journal(state);
    Hook hook = new Hook(journal, block, judge.get().address());
    try {
      judge.get().attestationRules(block.height()).orElseThrow().attest(hook, attestation, signers);
    } catch (Revert revert) {
      return Optional.of(new AttestationRefusal(revert.code(), revert.reason()));
    }
    journal.applyTo(state);
    return Optional.empty();
  }

  private Optional<Corporation> attestationRules(long height) {
    return corporations.values().stream()
        .filter(corporation -> corporation.attestationRules(height).isPresent())
        .findFirst();
  }

  /// Why a transaction may not come next in a block; empty when it may.
  ///
  /// Signature and format have been checked by whoever decoded the transaction and recovered its
  /// sender.
  ///
  /// @param gasLeftInBlock gas that the block's earlier transactions have left of its limit
  public Optional<Outcome.Rejected> admit(
      WorldState state,
      BlockContext block,
      SignedTransaction signed,
      long gasLeftInBlock,
      Address sender) {
    return Optional.ofNullable(
        new Admission(chainId, fees, block)
            .check(signed.transaction(), Account.of(state, sender), gasLeftInBlock));
  }

  /// Runs one transaction: pays its fee, calls or transfers, raises the sender's nonce.
  ///
  /// @param gasLeftInBlock gas that the block's earlier transactions have left of its limit
  /// @param sender who signed it, recovered by the caller
  public Outcome apply(
      MutableState state,
      BlockContext block,
      SignedTransaction signed,
      long gasLeftInBlock,
      Address sender) {
    Transaction tx = signed.transaction();
    Account account = Account.of(state, sender);
    Outcome.@Nullable Rejected rejected =
        new Admission(chainId, fees, block).check(tx, account, gasLeftInBlock);
    if (rejected != null) {
      return rejected;
    }
    Amount price = tx.effectiveGasPrice(block.baseFee());
    Address to = tx.to().orElseThrow();
    Corporation corporation = corporations.get(to);
    if (corporation == null) {
      return transfer(state, block, tx, price, sender, account);
    }
    Ledger ledger = new Ledger(state);
    Amount deposit = price.times(tx.gasLimit());
    ledger.store(sender, account.afterSending(account.balance().minus(deposit)));

    CallResult result = run(state, block, tx, sender, corporation);

    ledger.credit(sender, deposit.minus(price.times(result.gasUsed())));
    Bill bill = Bill.of(block, price, result.gasUsed());
    ledger.burn(payTip(ledger, block, bill.tip()) ? bill.burned() : bill.burned().plus(bill.tip()));
    return bill.outcome(result);
  }

  /// Moves drops where no corporation is called: every account is read and written once, to the
  /// same end as if the fee were deposited first.
  private Outcome transfer(
      MutableState state,
      BlockContext block,
      Transaction tx,
      Amount price,
      Address sender,
      Account account) {
    long gasUsed = Admission.intrinsicGas(fees, tx);
    Bill bill = Bill.of(block, price, gasUsed);
    Ledger ledger = new Ledger(state);
    Amount left = account.balance().minus(price.times(gasUsed)).minus(tx.value());
    ledger.store(sender, account.afterSending(left));
    ledger.credit(tx.to().orElseThrow(), tx.value());
    ledger.burn(payTip(ledger, block, bill.tip()) ? bill.burned() : bill.burned().plus(bill.tip()));
    return bill.outcome(
        new CallResult(CallResult.Status.SUCCESS, gasUsed, List.of(), Bytes.EMPTY, ""));
  }

  /// Pays the tip, unless the proposer is a corporation, whose books would not know of it.
  private boolean payTip(Ledger ledger, BlockContext block, Amount tip) {
    if (corporations.containsKey(block.proposer())) {
      return false;
    }
    ledger.credit(block.proposer(), tip);
    return true;
  }

  private CallResult run(
      MutableState state,
      BlockContext block,
      Transaction tx,
      Address sender,
      Corporation corporation) {
    GasMeter gas = new GasMeter(tx.gasLimit());
    gas.charge(Admission.intrinsicGas(fees, tx));
    Journal journal = new Journal(state);
    Call.Frame frame = new Call.Frame(block, sender, corporation.address(), tx.value());
    CallResult result = execute(corporation, frame, tx.input(), journal, gas);
    journal.applyTo(state);
    return result;
  }

  /// What a call would do on top of a state, without a nonce, a signature or a fee.
  ///
  /// @param from who seems to call; it must own the value
  /// @param gasLimit gas at most; what the transaction's own bytes cost counts too
  public CallResult call(
      WorldState state,
      BlockContext block,
      Address from,
      Address to,
      Amount value,
      Bytes input,
      long gasLimit) {
    long intrinsic = fees.intrinsicGas(input, 0, 0);
    if (gasLimit < intrinsic) {
      return refused(
          AdmissionRule.INTRINSIC_GAS.text() + ": have " + gasLimit + ", want " + intrinsic);
    }
    if (Account.of(state, from).balance().compareTo(value) < 0) {
      return refused("insufficient funds for transfer");
    }
    GasMeter gas = new GasMeter(gasLimit);
    gas.charge(intrinsic);
    Corporation corporation = corporations.get(to);
    if (corporation == null) {
      return new CallResult(CallResult.Status.SUCCESS, intrinsic, List.of(), Bytes.EMPTY, "");
    }
    return execute(
        corporation, new Call.Frame(block, from, to, value), input, new Journal(state), gas);
  }

  private static CallResult refused(String message) {
    return new CallResult(CallResult.Status.REFUSED, 0, List.of(), Bytes.EMPTY, message);
  }

  /// Runs a corporation on a journal, which holds no change of it afterwards if it fails.
  private CallResult execute(
      Corporation corporation, Call.Frame frame, Bytes input, Journal journal, GasMeter gas) {
    int mark = journal.mark();
    try {
      new Ledger(journal).transfer(frame.caller(), frame.corporation(), frame.value());
      Call call = new Call(frame, journal, fees.operations(), gas);
      Bytes output = corporation.call(call, input);
      return new CallResult(CallResult.Status.SUCCESS, gas.used(), call.logs(), output, "");
    } catch (Revert revert) {
      journal.rollback(mark);
      return reverted(gas, revert);
    } catch (AmountException e) {
      // A caller's numbers left the range of amounts; which ones do is the same on every machine.
      journal.rollback(mark);
      return reverted(gas, new Revert(AMOUNT_RULE, "amount out of range"));
    } catch (OutOfGasException e) {
      journal.rollback(mark);
      return new CallResult(
          CallResult.Status.OUT_OF_GAS, gas.used(), List.of(), Bytes.EMPTY, "out of gas");
    }
  }

  private static CallResult reverted(GasMeter gas, Revert revert) {
    return new CallResult(
        CallResult.Status.REVERTED, gas.used(), List.of(), revert.encoded(), revert.reason());
  }

  /// The randomness beacon in force, which headers carry; zero before the first.
  public Hash beacon(WorldState state) {
    Bytes beacon = state.get(StateKeys.BEACON);
    return beacon == null ? Hash.ZERO : new Hash(beacon);
  }

  /// Where all drops came from and went, kept up to date by every transaction.
  public Supply supply(WorldState state) {
    return Supply.of(state);
  }
}
