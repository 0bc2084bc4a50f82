package org.bitcloud.contracts;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// Where all drops came from and went.
///
/// Conservation: the balances of all accounts, those of corporations among them, plus `burned`
/// equal `genesis` plus `minted` after every block.
///
/// @param genesis drops allocated at genesis
/// @param minted drops made since
/// @param burned drops destroyed since
public record Supply(Amount genesis, Amount minted, Amount burned) {
  /// Nothing at all.
  public static final Supply NONE = new Supply(Amount.ZERO, Amount.ZERO, Amount.ZERO);

  /// The drops that accounts hold together.
  public Amount circulating() {
    return genesis.plus(minted).minus(burned);
  }

  /// The supply in a state.
  public static Supply of(WorldState state) {
    @Nullable Bytes stored = state.get(StateKeys.SUPPLY);
    if (stored == null) {
      return NONE;
    }
    try {
      return decode(stored);
    } catch (MalformedException e) {
      throw new CorruptStateException("supply", e);
    }
  }

  /// The RLP list `[genesis, minted, burned]`.
  public Bytes encode() {
    return new RlpWriter()
        .beginList()
        .amount(genesis)
        .amount(minted)
        .amount(burned)
        .endList()
        .toBytes();
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws MalformedException if the bytes are anything else
  public static Supply decode(Bytes encoded) throws MalformedException {
    RlpReader reader = RlpReader.of(encoded);
    reader.enterList();
    Supply supply = new Supply(reader.readAmount(), reader.readAmount(), reader.readAmount());
    reader.leaveList();
    reader.end();
    return supply;
  }

  Supply withBurned(Amount more) {
    return new Supply(genesis, minted, burned.plus(more));
  }
}
