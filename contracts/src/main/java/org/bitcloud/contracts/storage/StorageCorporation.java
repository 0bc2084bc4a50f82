package org.bitcloud.contracts.storage;

import java.util.Map;
import java.util.Optional;
import org.bitcloud.contracts.AbiContract;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.CallContext;
import org.bitcloud.contracts.Corporation;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.HookContext;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiWriter;
import org.bitcloud.primitives.tx.Eip712;

/// The corporation that storage is bought, proven and paid through; specified in
/// `docs/spec/storage-contract.md`.
final class StorageCorporation implements Corporation {
  static final String NAME = "storage";

  @Override
  public Address address() {
    return StorageAbi.ADDRESS;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public AbiContract abi() {
    return StorageAbi.CONTRACT_ABI;
  }

  @Override
  public void genesis(HookContext context, Map<String, String> parameters) throws GenesisException {
    context.write(Keys.PARAMETERS, StorageParameters.of(parameters).encode());
  }

  /// Keeps the clock of windows: at most one opens in a block, none is caught up.
  @Override
  public void beginBlock(HookContext context) {
    Entries entries = new Entries(context);
    BlockContext block = context.block();
    long length = entries.parameters().windowMillis();
    Optional<WindowClock> open = entries.clock();
    if (open.isEmpty()) {
      open(WindowClock.opening(0, 0, block), entries, context);
      return;
    }
    WindowClock clock = open.get().afterGap(block.timeMillis() - block.parentTimeMillis());
    if (block.timeMillis() - clock.openTimeMillis() < length) {
      entries.setClock(clock.withBlock());
      return;
    }
    boolean isVoid = clock.isVoid(length);
    entries.addClosedWindow(clock, isVoid);
    long ordinal = isVoid ? clock.ordinal() : clock.ordinal() + 1;
    open(WindowClock.opening(clock.index() + 1, ordinal, block), entries, context);
  }

  private static void open(WindowClock clock, Entries entries, HookContext context) {
    entries.setClock(clock);
    context.publishBeacon(clock.beacon());
  }

  @Override
  public Bytes call(CallContext context, Bytes input) throws Revert {
    StorageRule.UNKNOWN_FUNCTION.require(StorageCall.isKnown(input));
    StorageCall call = decode(input);
    StorageRule.NOT_PAYABLE.require(
        context.value().isZero()
            || call instanceof StorageCall.Deposit
            || call instanceof StorageCall.Form);
    Session session = Session.of(context);
    return switch (call) {
      case StorageCall.PostPrices c -> {
        new Funding(session).postPrices(c.prices());
        yield Bytes.EMPTY;
      }
      case StorageCall.Deposit _ -> {
        new Funding(session).deposit();
        yield Bytes.EMPTY;
      }
      case StorageCall.Withdraw c -> {
        new Funding(session).withdraw(c.amount());
        yield Bytes.EMPTY;
      }
      case StorageCall.Form c -> new Forming(session).form(c).bytes();
      case StorageCall.Revise c -> {
        new Forming(session).revise(c);
        yield Bytes.EMPTY;
      }
      case StorageCall.Prove c -> {
        new Proving(session).prove(c);
        yield Bytes.EMPTY;
      }
      case StorageCall.Settle c -> {
        settle(session, c.provider());
        yield Bytes.EMPTY;
      }
      case StorageCall.End c -> {
        new Ending(session).end(c.contractId());
        yield Bytes.EMPTY;
      }
      default -> view(session, call);
    };
  }

  private static StorageCall decode(Bytes input) throws Revert {
    try {
      return StorageCall.decode(input);
    } catch (MalformedException e) {
      throw StorageRule.MALFORMED_CALL.revert();
    }
  }

  private static void settle(Session session, Address address) throws Revert {
    ProviderState provider = session.known(address);
    Settlement settlement = new Settlement(session, provider, true);
    boolean complete = settlement.run(StorageParameters.SETTLE_STEPS_MAX);
    StorageRule.NOTHING_TO_SETTLE.require(!complete || settlement.steps() > 0);
    settlement.finish();
    session.entries().set(provider);
  }

  private static Bytes view(Session session, StorageCall call) throws Revert {
    Bytes result = answer(session, call);
    session.context().discardEffects();
    return result;
  }

  private static Bytes answer(Session session, StorageCall call) throws Revert {
    Views views = new Views(session);
    return switch (call) {
      case StorageCall.Window _ -> views.window();
      case StorageCall.WindowAt c -> views.windowAt(c.index());
      case StorageCall.Providers c -> views.providers(c.offset(), c.limit());
      case StorageCall.PriceListOf c -> views.priceList(c.provider());
      case StorageCall.Provider c -> views.provider(c.provider());
      case StorageCall.Contract c -> views.contract(c.contractId());
      case StorageCall.ContractsOf c -> views.contractsOf(c.party(), c.offset(), c.limit());
      case StorageCall.ChallengeOf c -> views.challenge(c.provider());
      case StorageCall.Tariff _ -> StorageResults.ofTariff(session.parameters());
      case StorageCall.GenesisHash _ -> word(session.context().block().genesisHash());
      case StorageCall.TermsDigest c -> word(c.terms().digest(domain(session)));
      case StorageCall.RevisionDigest c -> word(c.revision().digest(domain(session)));
      default -> throw StorageRule.UNKNOWN_FUNCTION.revert();
    };
  }

  private static Eip712.Domain domain(Session session) {
    return session.domain();
  }

  private static Bytes word(Hash hash) {
    return AbiWriter.encode(writer -> writer.hash(hash));
  }
}
