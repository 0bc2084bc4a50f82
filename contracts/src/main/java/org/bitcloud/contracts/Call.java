package org.bitcloud.contracts;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Signature;
import org.jspecify.annotations.Nullable;

/// One running call of a corporation: charges first, then acts on a journal. For one thread.
final class Call implements CallContext {
  /// Who calls what, with how much.
  record Frame(BlockContext block, Address caller, Address corporation, Amount value) {}

  private final Frame frame;
  private final Journal journal;
  private final Ledger ledger;
  private final FeeSchedule.Operations prices;
  private final GasMeter gas;
  private final List<Log> logs = new ArrayList<>();
  private final int start;

  /// A call whose value has been moved to the corporation in the journal already.
  Call(Frame frame, Journal journal, FeeSchedule.Operations prices, GasMeter gas) {
    this.frame = frame;
    this.journal = journal;
    this.ledger = new Ledger(journal);
    this.prices = prices;
    this.gas = gas;
    this.start = journal.mark();
  }

  List<Log> logs() {
    return logs;
  }

  @Override
  public BlockContext block() {
    return frame.block;
  }

  @Override
  public Address caller() {
    return frame.caller;
  }

  @Override
  public Amount value() {
    return frame.value;
  }

  @Override
  public @Nullable Bytes read(Bytes key) {
    gas.charge(prices.read());
    return journal.get(entry(key));
  }

  @Override
  public void write(Bytes key, Bytes value) {
    gas.charge(prices.write() + prices.storedByte() * ((long) key.size() + value.size()));
    journal.put(entry(key), value);
  }

  @Override
  public void delete(Bytes key) {
    gas.charge(prices.write());
    journal.delete(entry(key));
  }

  private Bytes entry(Bytes key) {
    return StateKeys.entry(frame.corporation, key);
  }

  @Override
  public void transfer(Address to, Amount amount) {
    gas.charge(prices.transfer());
    ledger.transfer(frame.corporation, to, amount);
  }

  @Override
  public void burn(Amount amount) {
    gas.charge(prices.transfer());
    ledger.debit(frame.corporation, amount);
    ledger.burn(amount);
  }

  @Override
  public void log(List<Hash> topics, Bytes data) {
    gas.charge(prices.log() + prices.logTopic() * topics.size() + prices.logByte() * data.size());
    logs.add(new Log(frame.corporation, topics, data));
  }

  @Override
  public void charge(long amount) {
    gas.charge(amount);
  }

  @Override
  public void chargeHash(long bytes) {
    gas.charge(prices.hashing(bytes));
  }

  @Override
  public Address recover(Hash hash, Signature signature) throws MalformedException {
    gas.charge(prices.signature());
    return Address.ofPublicKey(Secp256k1.get().recover(hash, signature));
  }

  @Override
  public void discardEffects() {
    journal.rollback(start);
    logs.clear();
  }
}
