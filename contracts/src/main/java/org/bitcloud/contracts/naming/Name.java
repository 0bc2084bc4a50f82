package org.bitcloud.contracts.naming;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// A name as its entry has it; it may have expired long ago.
///
/// @param label its text
/// @param owner who registered it last, or got it since
/// @param registeredMillis block time of its registration
/// @param expiresMillis from when on it does not resolve
/// @param generation how often it was registered, from 1; records belong to one generation
record Name(
    String label, Address owner, long registeredMillis, long expiresMillis, long generation) {
  Hash id() {
    return Label.id(label);
  }

  NamePhase phase(long nowMillis, long graceMillis) {
    if (nowMillis < expiresMillis) {
      return NamePhase.ACTIVE;
    }
    return nowMillis < expiresMillis + graceMillis ? NamePhase.GRACE : NamePhase.FREE;
  }

  Name withExpiry(long millis) {
    return new Name(label, owner, registeredMillis, millis, generation);
  }

  Name withOwner(Address newOwner) {
    return new Name(label, newOwner, registeredMillis, expiresMillis, generation);
  }

  Bytes encode() {
    return new RlpWriter()
        .beginList()
        .text(label)
        .address(owner)
        .number(registeredMillis)
        .number(expiresMillis)
        .number(generation)
        .endList()
        .toBytes();
  }

  static Name decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    Name name =
        new Name(
            in.readText(Label.LENGTH_MAX),
            in.readAddress(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber());
    in.leaveList();
    in.end();
    return name;
  }
}
