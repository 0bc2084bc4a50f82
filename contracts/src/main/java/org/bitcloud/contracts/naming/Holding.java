package org.bitcloud.contracts.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;

/// What an owner does with a name: transfer it, set its records.
record Holding(Session session) {
  void transfer(String label, Address to) throws Revert {
    NamingRule.OWNER_ZERO.require(!to.equals(Address.ZERO));
    Name name = session.owned(label);
    session.entries().set(name.withOwner(to));
    session.emit(new NamingEvent.NameTransferred(name.owner(), to, label));
  }

  void setRecord(String label, NameRecord record) throws Revert {
    Optional<NamingRule> broken = record.broken();
    if (broken.isPresent()) {
      throw broken.get().revert();
    }
    Name name = session.owned(label);
    List<String> keys = new ArrayList<>(session.entries().recordKeys(name));
    if (record.value().isEmpty()) {
      NamingRule.UNKNOWN_RECORD.require(keys.remove(record.key()));
      session.entries().removeRecord(name, record.key());
      session.entries().setRecordKeys(name, keys);
    } else {
      if (!keys.contains(record.key())) {
        NamingRule.RECORDS_FULL.require(keys.size() < NamingParameters.RECORDS_MAX);
        keys.add(record.key());
        session.entries().setRecordKeys(name, keys);
      }
      session.entries().setRecord(name, record);
    }
    session.emit(new NamingEvent.RecordSet(label, record));
  }
}
