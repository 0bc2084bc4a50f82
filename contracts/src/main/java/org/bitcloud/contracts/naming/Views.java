package org.bitcloud.contracts.naming;

import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.abi.AbiWriter;

/// Answers questions.
record Views(Session session) {
  Bytes resolve(String label, String key) throws Revert {
    NamingRule.RECORD_KEY.require(NameRecord.isKey(key));
    Bytes value = session.entries().record(session.active(label), key);
    return AbiWriter.encode(writer -> writer.bytes(value));
  }

  Bytes records(String label) throws Revert {
    Name name = session.active(label);
    List<NameRecord> records =
        session.entries().recordKeys(name).stream()
            .map(key -> new NameRecord(key, session.entries().record(name, key)))
            .toList();
    return NamingResults.ofRecords(records);
  }

  Bytes status(String label) throws Revert {
    Optional<Name> name =
        session.stored(label).filter(each -> session.phase(each) != NamePhase.FREE);
    NameStatus status = name.map(this::status).orElse(NameStatus.FREE);
    return AbiWriter.encode(status::write);
  }

  private NameStatus status(Name name) {
    return new NameStatus(
        session.phase(name),
        name.owner(),
        name.registeredMillis(),
        name.expiresMillis(),
        name.expiresMillis() + session.parameters().times().graceMillis(),
        session.entries().recordKeys(name).size());
  }

  Bytes price(String label, long years) throws Revert {
    Optional<NamingRule> broken = Label.broken(label);
    if (broken.isPresent()) {
      throw broken.get().revert();
    }
    NamingRule.YEARS_RANGE.require(years >= 1 && years <= NamingParameters.YEARS_MAX);
    return AbiWriter.encode(writer -> writer.uint(session.parameters().price(label, years)));
  }

  Bytes committedMillis(Address sender, Hash commitment) {
    long millis = session.entries().committedMillis(sender, commitment).orElse(0L);
    return AbiWriter.encode(writer -> writer.uint(millis));
  }
}
