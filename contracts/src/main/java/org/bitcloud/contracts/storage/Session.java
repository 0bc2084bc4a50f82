package org.bitcloud.contracts.storage;

import org.bitcloud.contracts.CallContext;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiEvent;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.tx.Eip712;

/// What the parts of one call share: the context, the entries, the parameters, the open window.
record Session(
    CallContext context, Entries entries, StorageParameters parameters, WindowClock clock) {
  // What hashing a domain, a struct and their digest takes.
  private static final int DIGEST_HASHES = 5;
  private static final int DIGEST_BYTES = 320;

  /// The session of a call.
  ///
  /// @throws Revert if no window is open, which is so only before the first block
  static Session of(CallContext context) throws Revert {
    Entries entries = new Entries(context);
    WindowClock clock = entries.clock().orElseThrow(StorageRule.UNKNOWN_WINDOW::revert);
    return new Session(context, entries, entries.parameters(), clock);
  }

  void emit(StorageEvent event) {
    AbiEvent.Encoded encoded = event.encode();
    context.log(encoded.topics(), encoded.data());
  }

  /// The provider with every closed window settled.
  ///
  /// @throws Revert if it is unknown or too much is unsettled
  ProviderState settled(Address address) throws Revert {
    ProviderState provider = known(address);
    Settlement settlement = new Settlement(this, provider, false);
    StorageRule.SETTLE_FIRST.require(settlement.run(StorageParameters.SETTLE_STEPS_MAX));
    settlement.finish();
    return provider;
  }

  /// The provider as it stands on chain.
  ///
  /// @throws Revert if it is unknown
  ProviderState known(Address address) throws Revert {
    return entries.provider(address).orElseThrow(StorageRule.UNKNOWN_PROVIDER::revert);
  }

  /// The contract's agreement.
  ///
  /// @throws Revert if there is no contract of this id
  Agreement agreement(Hash id) throws Revert {
    return entries.agreement(id).orElseThrow(StorageRule.UNKNOWN_CONTRACT::revert);
  }

  Eip712.Domain domain() {
    for (int i = 0; i < DIGEST_HASHES; i++) {
      context.chargeHash(DIGEST_BYTES);
    }
    return StorageAbi.domain(context.block().chainId(), context.block().genesisHash());
  }

  /// Whether the 65 bytes are the address's signature of the digest.
  boolean isSigned(Hash digest, Bytes signature, Address by) {
    try {
      return context.recover(digest, Signature.fromBytes65(signature)).equals(by);
    } catch (MalformedException e) {
      return false;
    }
  }
}
