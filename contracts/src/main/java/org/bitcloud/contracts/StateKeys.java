package org.bitcloud.contracts;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;

/// Makes the keys of the state map; the first byte names the domain.
public final class StateKeys {
  /// First byte of account keys.
  public static final byte ACCOUNT = 0x00;

  /// First byte of the keys of corporations' entries.
  public static final byte ENTRY = 0x01;

  /// First byte of the keys that belong to the ledger itself.
  public static final byte SYSTEM = 0x02;

  /// Where the [Supply] is kept.
  public static final Bytes SUPPLY = Bytes.of(SYSTEM, (byte) 0x01);

  /// Where the randomness beacon in force is kept.
  public static final Bytes BEACON = Bytes.of(SYSTEM, (byte) 0x02);

  private StateKeys() {}

  /// The key of an account: `0x00 ‖ address`.
  public static Bytes account(Address address) {
    byte[] key = new byte[1 + Address.SIZE];
    key[0] = ACCOUNT;
    address.bytes().copyTo(key, 1);
    return Bytes.wrap(key);
  }

  /// The key of a corporation's entry: `0x01 ‖ address ‖ key`.
  public static Bytes entry(Address corporation, Bytes key) {
    byte[] whole = new byte[1 + Address.SIZE + key.size()];
    whole[0] = ENTRY;
    corporation.bytes().copyTo(whole, 1);
    key.copyTo(whole, 1 + Address.SIZE);
    return Bytes.wrap(whole);
  }
}
