package org.bitcloud.chain.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

class LogsBloomTest {
  /* The address is that of pyethereum's bloom test; the topic's bits can be read off its hash,
  0x290decd9548b…: 0x290d, 0xecd9 and 0x548b, each modulo 2048. */
  private static final String ADDRESS = "0x0f572e5295c57f15886f9b263e2f6d2d6c7b5ec6";
  private static final String TOPIC =
      "0x0000000000000000000000000000000000000000000000000000000000000000";
  private static final int[] BITS_OF_ADDRESS = {1323, 431, 1319};
  private static final int[] BITS_OF_TOPIC = {269, 1241, 1163};

  @Test
  void setsTheBitsThatTheYellowPaperNames() throws Exception {
    Address address = Address.fromHex(ADDRESS);
    Log log = new Log(address, List.of(Hash.fromHex(TOPIC)), Bytes.EMPTY);
    byte[] expected = new byte[LogsBloom.BYTES];
    for (int[] bits : List.of(BITS_OF_ADDRESS, BITS_OF_TOPIC)) {
      for (int bit : bits) {
        expected[LogsBloom.BYTES - 1 - bit / 8] |= (byte) (1 << bit % 8);
      }
    }
    assertEquals(Bytes.wrap(expected), LogsBloom.of(List.of(log)));
  }

  @Test
  void alwaysFindsWhatWasAdded() {
    Property.named("bloom")
        .check(
            choices -> {
              Address address = new Address(Bytes.wrap(choices.bytes(20)));
              Hash topic = new Hash(Bytes.wrap(choices.bytes(32)));
              Bytes bloom = LogsBloom.of(List.of(new Log(address, List.of(topic), Bytes.EMPTY)));
              assertTrue(LogsBloom.mayContain(bloom, address.bytes()));
              assertTrue(LogsBloom.mayContain(bloom, topic.bytes()));
              assertFalse(LogsBloom.mayContain(LogsBloom.EMPTY, topic.bytes()));
            });
  }

  @Test
  void uniteOverReceipts() {
    Log one = new Log(Address.ZERO, List.of(), Bytes.EMPTY);
    Log other = new Log(Address.ZERO, List.of(Hash.ZERO), Bytes.EMPTY);
    List<Receipt> receipts =
        List.of(
            new Receipt(0, true, 1, List.of(one), 1, Amount.ZERO, Bytes.EMPTY),
            new Receipt(0, true, 1, List.of(other), 1, Amount.ZERO, Bytes.EMPTY));
    assertEquals(LogsBloom.of(List.of(one, other)), LogsBloom.ofReceipts(receipts));
    assertEquals(LogsBloom.EMPTY, LogsBloom.ofReceipts(List.of()));
    assertEquals(LogsBloom.EMPTY, LogsBloom.of(List.of()));
  }
}
