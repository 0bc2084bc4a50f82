package org.bitcloud.contracts;

import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.crypto.Keccak;

/// A corporation that does what the first byte of its input says.
final class SampleCorporation implements Corporation {
  static final Address ADDRESS =
      new Address(
          Bytes.wrap(
              new byte[] {
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xbc, 0x7f
              }));
  static final Bytes KEY = Bytes.of((byte) 1);
  static final Hash TOPIC = Keccak.hash(Bytes.ofUtf8("Sample()"));

  @Override
  public Address address() {
    return ADDRESS;
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public AbiContract abi() {
    return new AbiContract("Sample", List.of(), List.of(), List.of());
  }

  @Override
  public Bytes call(CallContext context, Bytes input) throws Revert {
    char act = input.isEmpty() ? ' ' : (char) input.get(0);
    switch (act) {
      case 'w' -> context.write(KEY, input);
      case 'd' -> context.delete(KEY);
      case 'l' -> context.log(List.of(TOPIC), input);
      case 'b' -> context.burn(context.value());
      case 't' -> context.transfer(context.caller(), context.value());
      case 'c' -> context.charge(Long.MAX_VALUE / 2);
      case 'o' -> context.burn(Amount.MAX.plus(Amount.ONE));
      case 'v' -> {
        context.write(KEY, input);
        context.log(List.of(TOPIC), input);
        context.discardEffects();
      }
      default -> {
        context.write(KEY, input);
        context.log(List.of(TOPIC), input);
        throw new Revert("SMP-01", "no such act");
      }
    }
    return input;
  }

  @Override
  public void beginBlock(HookContext context) {
    context.publishBeacon(context.block().parentHash());
  }

  @Override
  public void genesis(HookContext context, Map<String, String> parameters) throws GenesisException {
    Invariant.check(context.block().height() == 0, "genesis has height 0");
    if (!parameters.isEmpty()) {
      throw new GenesisException("sample: takes no parameters");
    }
  }
}
