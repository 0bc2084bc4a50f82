package org.bitcloud.contracts.naming;

import java.util.Optional;
import org.bitcloud.contracts.CallContext;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.abi.AbiEvent;

/// What the parts of one call share: the context, the entries, the parameters.
record Session(CallContext context, Entries entries, NamingParameters parameters) {
  static Session of(CallContext context) {
    Entries entries = new Entries(context);
    return new Session(context, entries, entries.parameters());
  }

  long nowMillis() {
    return context.block().timeMillis();
  }

  Address caller() {
    return context.caller();
  }

  void emit(NamingEvent event) {
    AbiEvent.Encoded encoded = event.encode();
    // Topics hold the hash of a label.
    context.chargeHash(Label.LENGTH_MAX);
    context.log(encoded.topics(), encoded.data());
  }

  /// What was last registered under a label, even if it has expired.
  ///
  /// @throws Revert if the label cannot be a name
  Optional<Name> stored(String label) throws Revert {
    Optional<NamingRule> broken = Label.broken(label);
    if (broken.isPresent()) {
      throw broken.get().revert();
    }
    context.chargeHash(label.length());
    return entries.name(label);
  }

  /// The name that somebody holds, though it may have to be renewed.
  ///
  /// @throws Revert if nobody does
  Name held(String label) throws Revert {
    return stored(label)
        .filter(name -> phase(name) != NamePhase.FREE)
        .orElseThrow(NamingRule.UNKNOWN_NAME::revert);
  }

  /// The name that resolves.
  ///
  /// @throws Revert if nobody holds it or it has expired
  Name active(String label) throws Revert {
    Name name = held(label);
    NamingRule.NAME_EXPIRED.require(phase(name) == NamePhase.ACTIVE);
    return name;
  }

  /// The name that the caller may change.
  ///
  /// @throws Revert if it does not own it or it has expired
  Name owned(String label) throws Revert {
    Name name = active(label);
    NamingRule.NOT_OWNER.require(name.owner().equals(caller()));
    return name;
  }

  NamePhase phase(Name name) {
    return name.phase(nowMillis(), parameters.times().graceMillis());
  }
}
