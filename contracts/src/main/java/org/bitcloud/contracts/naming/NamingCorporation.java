package org.bitcloud.contracts.naming;

import java.util.Map;
import org.bitcloud.contracts.AbiContract;
import org.bitcloud.contracts.CallContext;
import org.bitcloud.contracts.Corporation;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.HookContext;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiWriter;

/// The corporation that gives out names; specified in `docs/spec/naming.md`.
final class NamingCorporation implements Corporation {
  static final String NAME = "naming";

  private static final int COMMITMENT_BYTES_MAX = 384;

  @Override
  public Address address() {
    return NamingAbi.ADDRESS;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public AbiContract abi() {
    return NamingAbi.CONTRACT_ABI;
  }

  @Override
  public void genesis(HookContext context, Map<String, String> parameters) throws GenesisException {
    new Entries(context).setParameters(NamingParameters.of(parameters));
  }

  /// Names need no hook: whether one has expired is seen when it is touched.
  @Override
  public void beginBlock(HookContext context) {}

  @Override
  public Bytes call(CallContext context, Bytes input) throws Revert {
    NamingRule.UNKNOWN_FUNCTION.require(NamingCall.isKnown(input));
    NamingCall call = decode(input);
    NamingRule.NOT_PAYABLE.require(context.value().isZero() || call.isPayable());
    Session session = Session.of(context);
    switch (call) {
      case NamingCall.Commit c -> new Registration(session).commit(c.commitment());
      case NamingCall.Reveal c -> new Registration(session).reveal(c.commitment(), c.years());
      case NamingCall.Renew c -> new Registration(session).renew(c.label(), c.years());
      case NamingCall.Transfer c -> new Holding(session).transfer(c.label(), c.to());
      case NamingCall.SetRecord c -> new Holding(session).setRecord(c.label(), c.record());
      default -> {
        return answer(session, call);
      }
    }
    return Bytes.EMPTY;
  }

  private static NamingCall decode(Bytes input) throws Revert {
    try {
      return NamingCall.decode(input);
    } catch (MalformedException e) {
      throw NamingRule.MALFORMED_CALL.revert();
    }
  }

  private static Bytes answer(Session session, NamingCall call) throws Revert {
    Views views = new Views(session);
    return switch (call) {
      case NamingCall.Resolve c -> views.resolve(c.label(), c.key());
      case NamingCall.Records c -> views.records(c.label());
      case NamingCall.Status c -> views.status(c.label());
      case NamingCall.Price c -> views.price(c.label(), c.years());
      case NamingCall.HashOf c -> {
        session.context().chargeHash(COMMITMENT_BYTES_MAX);
        yield AbiWriter.encode(writer -> writer.hash(c.commitment().hash()));
      }
      case NamingCall.Committed c -> views.committedMillis(c.sender(), c.commitment());
      case NamingCall.Tariff _ -> NamingResults.ofTariff(session.parameters());
      default -> throw NamingRule.UNKNOWN_FUNCTION.revert();
    };
  }
}
