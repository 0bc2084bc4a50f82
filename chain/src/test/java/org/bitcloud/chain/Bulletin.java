package org.bitcloud.chain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcloud.contracts.AbiContract;
import org.bitcloud.contracts.CallContext;
import org.bitcloud.contracts.Corporation;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.HookContext;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// A corporation small enough for tests: it keeps the last note, logs every note under its hash,
/// burns the coins that come with it, and publishes a beacon in every block. An empty note reverts.
public final class Bulletin implements Corporation {
  public static final Address ADDRESS =
      new Address(Bytes.concat(Bytes.wrap(new byte[18]), Bytes.of((byte) 0xbc, (byte) 0xff)));
  public static final Bytes LAST = Bytes.ofUtf8("last");

  @Override
  public Address address() {
    return ADDRESS;
  }

  @Override
  public String name() {
    return "bulletin";
  }

  @Override
  public AbiContract abi() {
    return new AbiContract("Bulletin", List.of(), List.of(), List.of());
  }

  public static Hash topic(Bytes note) {
    return Sha256.hash(note);
  }

  @Override
  public Bytes call(CallContext context, Bytes input) throws Revert {
    if (input.isEmpty()) {
      throw new Revert("BUL-01", "an empty note");
    }
    context.write(LAST, input);
    context.log(List.of(topic(input)), input);
    if (!context.value().isZero()) {
      context.burn(context.value());
    }
    return input;
  }

  @Override
  public void beginBlock(HookContext context) {
    context.publishBeacon(Sha256.hash(context.block().parentHash().bytes()));
  }

  @Override
  public void genesis(HookContext context, Map<String, String> parameters) throws GenesisException {
    if (!parameters.keySet().equals(Set.of("motto"))) {
      throw new GenesisException("bulletin takes the one parameter motto");
    }
    context.write(LAST, Bytes.ofUtf8(parameters.getOrDefault("motto", "")));
  }
}
