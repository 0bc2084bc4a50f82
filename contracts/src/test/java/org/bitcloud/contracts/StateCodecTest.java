package org.bitcloud.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.junit.jupiter.api.Test;

class StateCodecTest {
  @Test
  void accountsComeBack() throws MalformedException {
    Hash code = Sha256.hash(Bytes.EMPTY);
    for (Account account :
        new Account[] {
          Account.EMPTY, new Account(7, Amount.MAX, Hash.ZERO), new Account(0, Amount.ONE, code)
        }) {
      assertEquals(account, Account.decode(account.encode()));
    }
    assertEquals("0xc20705", new Account(7, Amount.of(5), Hash.ZERO).encode().toHex());
  }

  @Test
  void damagedStateStopsTheNode() {
    Bytes damaged = Bytes.of((byte) 0xc1, (byte) 7);
    assertThrows(MalformedException.class, () -> Account.decode(damaged));
    assertThrows(CorruptStateException.class, () -> Account.of(_ -> damaged, Address.ZERO));
    assertThrows(CorruptStateException.class, () -> Supply.of(_ -> damaged));
  }

  @Test
  void suppliesComeBack() throws MalformedException {
    Supply supply = new Supply(Amount.of(10), Amount.of(3), Amount.of(4));
    assertEquals(supply, Supply.decode(supply.encode()));
    assertEquals(Amount.of(9), supply.circulating());
  }

  @Test
  void keysBeginWithTheirDomain() {
    assertEquals("0x00" + "00".repeat(20), StateKeys.account(Address.ZERO).toHex());
    assertEquals(
        "0x01" + "00".repeat(20) + "ff",
        StateKeys.entry(Address.ZERO, Bytes.of((byte) 0xff)).toHex());
  }
}
