package org.bitcloud.chain.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final Log LOG =
      new Log(Address.ZERO, List.of(Hash.ZERO, Hash.ZERO), Bytes.ofUtf8("data"));
  private static final Receipt GOOD =
      new Receipt(2, true, 50_000, List.of(LOG), 29_000, Amount.of(7), Bytes.ofUtf8("out"));
  private static final Receipt BAD =
      new Receipt(0, false, 21_000, List.of(), 21_000, Amount.of(9), Bytes.EMPTY);

  @Test
  void readsBackWhatItStores() throws Exception {
    List<Receipt> all = List.of(BAD, GOOD);
    assertEquals(all, Receipt.decodeAll(Receipt.encodeAll(all)));
    assertEquals(List.of(), Receipt.decodeAll(Receipt.encodeAll(List.of())));
  }

  @Test
  void commitsToStatusGasAndLogsOnly() {
    Receipt otherOutput = new Receipt(2, true, 50_000, List.of(LOG), 1, Amount.ZERO, Bytes.EMPTY);
    assertEquals(GOOD.committed(), otherOutput.committed());
    Receipt failed =
        new Receipt(2, false, 50_000, List.of(LOG), 29_000, Amount.of(7), Bytes.ofUtf8("out"));
    assertNotEquals(GOOD.committed(), failed.committed());
  }

  @Test
  void rootsDependOnTheOrder() {
    assertNotEquals(Receipt.root(List.of(BAD, GOOD)), Receipt.root(List.of(GOOD, BAD)));
    assertEquals(Hash.ZERO, Receipt.root(List.of()));
  }

  @Test
  void refusesDamagedBytes() {
    Bytes stored = Receipt.encodeAll(List.of(GOOD));
    for (int size = 0; size < stored.size(); size++) {
      Bytes cut = stored.slice(0, size);
      assertThrows(MalformedException.class, () -> Receipt.decodeAll(cut));
    }
  }
}
