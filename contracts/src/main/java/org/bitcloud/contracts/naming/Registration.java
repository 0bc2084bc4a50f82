package org.bitcloud.contracts.naming;

import java.util.Optional;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// How a name comes into being and stays: commit, reveal, renew.
record Registration(Session session) {
  // What a commitment hashes: offset, owner, secret, length and the label in two words.
  private static final int COMMITMENT_BYTES = 192;

  void commit(Hash commitment) throws Revert {
    Optional<Long> earlier = session.entries().committedMillis(session.caller(), commitment);
    NamingRule.COMMITMENT_KNOWN.require(earlier.isEmpty() || isOld(earlier.get()));
    session.entries().commit(session.caller(), commitment, session.nowMillis());
    session.emit(new NamingEvent.Committed(commitment, session.caller()));
  }

  private boolean isOld(long committedMillis) {
    return session.nowMillis() - committedMillis >= session.parameters().times().commitLifeMillis();
  }

  void reveal(Commitment commitment, long years) throws Revert {
    Optional<Name> earlier = session.stored(commitment.label());
    NamingRule.OWNER_ZERO.require(!commitment.owner().equals(Address.ZERO));
    use(commitment);
    NamingRule.NAME_TAKEN.require(
        earlier.isEmpty() || session.phase(earlier.get()) == NamePhase.FREE);
    long expires = expiry(session.nowMillis(), years);
    Amount price = pay(commitment.label(), years);
    session
        .entries()
        .set(
            new Name(
                commitment.label(),
                commitment.owner(),
                session.nowMillis(),
                expires,
                earlier.map(Name::generation).orElse(0L) + 1));
    session.emit(
        new NamingEvent.NameRegistered(commitment.owner(), commitment.label(), expires, price));
  }

  /// Takes the commitment, which serves once.
  private void use(Commitment commitment) throws Revert {
    session.context().chargeHash(COMMITMENT_BYTES);
    Hash hash = commitment.hash();
    long committed =
        session
            .entries()
            .committedMillis(session.caller(), hash)
            .orElseThrow(NamingRule.UNKNOWN_COMMITMENT::revert);
    NamingRule.COMMITMENT_YOUNG.require(
        session.nowMillis() - committed >= session.parameters().times().commitAgeMillis());
    NamingRule.COMMITMENT_OLD.require(!isOld(committed));
    session.entries().forget(session.caller(), hash);
  }

  void renew(String label, long years) throws Revert {
    Name name = session.held(label);
    long expires = expiry(name.expiresMillis(), years);
    Amount price = pay(label, years);
    session.entries().set(name.withExpiry(expires));
    session.emit(new NamingEvent.NameRenewed(label, expires, price));
  }

  private long expiry(long fromMillis, long years) throws Revert {
    long year = session.parameters().times().yearMillis();
    NamingRule.YEARS_RANGE.require(years >= 1 && years <= NamingParameters.YEARS_MAX);
    long expires = fromMillis + years * year;
    NamingRule.YEARS_RANGE.require(
        expires <= session.nowMillis() + NamingParameters.YEARS_MAX * year);
    return expires;
  }

  /// Burns the price, which must have come with the call.
  private Amount pay(String label, long years) throws Revert {
    Amount price = session.parameters().price(label, years);
    NamingRule.PAYMENT.require(session.context().value().equals(price));
    session.context().burn(price);
    return price;
  }
}
