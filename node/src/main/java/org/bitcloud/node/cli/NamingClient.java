package org.bitcloud.node.cli;

import java.util.List;
import org.bitcloud.contracts.naming.NameRecord;
import org.bitcloud.contracts.naming.NameStatus;
import org.bitcloud.contracts.naming.NamingAbi;
import org.bitcloud.contracts.naming.NamingCall;
import org.bitcloud.contracts.naming.NamingParameters;
import org.bitcloud.contracts.naming.NamingResults;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// The views of the Naming corporation, typed.
record NamingClient(Ledger ledger) {
  /// Reads a view's result.
  @FunctionalInterface
  private interface Decoder<T> {
    T decode(Bytes output) throws MalformedException;
  }

  private <T> T call(NamingCall call, Decoder<T> decoder) throws LedgerException {
    Bytes output = ledger.call(NamingAbi.ADDRESS, call.encode());
    try {
      return decoder.decode(output);
    } catch (MalformedException e) {
      throw new LedgerException(
          LedgerException.Kind.UNAVAILABLE,
          "this chain has no Naming corporation of this version",
          e);
    }
  }

  NameStatus status(String label) throws LedgerException {
    return call(new NamingCall.Status(label), NamingResults::status);
  }

  List<NameRecord> records(String label) throws LedgerException {
    return call(new NamingCall.Records(label), NamingResults::records);
  }

  Bytes resolve(String label, String key) throws LedgerException {
    return call(new NamingCall.Resolve(label, key), NamingResults::value);
  }

  NamingParameters tariff() throws LedgerException {
    return call(new NamingCall.Tariff(), NamingResults::tariff);
  }

  Amount price(String label, long years) throws LedgerException {
    return call(new NamingCall.Price(label, years), NamingResults::price);
  }

  /// When a sender committed, in milliseconds since 1970; 0 if it did not.
  long committedMillis(Address sender, Hash commitment) throws LedgerException {
    return call(new NamingCall.Committed(sender, commitment), NamingResults::committedMillis);
  }
}
