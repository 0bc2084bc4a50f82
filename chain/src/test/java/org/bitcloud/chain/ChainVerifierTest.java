package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.Column;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.Order;
import org.bitcloud.store.WriteBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {
  private final TestNetwork network = TestNetwork.open();

  @BeforeEach
  void growALine() {
    network.append(TestNetwork.transfer(0, 0, 1), TestNetwork.note(1, 0, "x", Amount.of(4)));
    network.append();
    network.append(TestNetwork.note(2, 0, "", Amount.ZERO));
  }

  private VerifyReport verify(VerifyProgress progress) throws VerifyException {
    return ChainVerifier.verify(network.chain, HeaderRules.NONE, Runnable::run, progress);
  }

  @Test
  void findsAnHonestLineGood() throws Exception {
    List<Height> heard = new ArrayList<>();
    VerifyReport report = verify((done, head) -> heard.add(done));
    assertEquals(new Height(3), report.head());
    assertEquals(3, report.transactions());
    assertEquals(network.stateRoot(), report.stateRoot());
    assertEquals(network.audit(), report.totals());
    assertTrue(report.totals().balanced());
    assertEquals(List.of(Height.GENESIS, new Height(1), new Height(2), new Height(3)), heard);
  }

  @Test
  void noticesAChangedReceipt() {
    flatten("receipts");
    VerifyException failure =
        assertThrows(VerifyException.class, () -> verify(VerifyProgress.NONE));
    assertTrue(String.valueOf(failure.getMessage()).contains("receipts"), failure.getMessage());
  }

  @Test
  void noticesAWrongIndex() {
    flatten("transactions");
    VerifyException failure =
        assertThrows(VerifyException.class, () -> verify(VerifyProgress.NONE));
    assertTrue(String.valueOf(failure.getMessage()).contains("index"), failure.getMessage());
  }

  @Test
  void noticesASwappedBody() {
    flatten("bodies");
    VerifyException failure =
        assertThrows(VerifyException.class, () -> verify(VerifyProgress.NONE));
    assertTrue(String.valueOf(failure.getMessage()).contains("BC-0012"), failure.getMessage());
  }

  @Test
  void judgesEverySealAsOfItsOwnTime() {
    VerifyException failure =
        assertThrows(
            VerifyException.class,
            () ->
                ChainVerifier.verify(
                    network.chain,
                    (header, proof, ancestry, now) ->
                        header.height().value() == 2
                            ? Verdict.rejected(BlockRule.SEAL, "forged")
                            : Verdict.accepted(),
                    Runnable::run,
                    VerifyProgress.NONE));
    assertEquals(new Height(2), failure.height());
  }

  /* Overwrites the values of a column with that of its first entry: each is well-formed, none but
  one is right. */
  private void flatten(String name) {
    Column column =
        Chain.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    WriteBatch batch = new WriteBatch();
    List<Bytes> keys = new ArrayList<>();
    List<Bytes> values = new ArrayList<>();
    try (Cursor cursor = network.store.range(column, KeyRange.ALL, Order.ASCENDING)) {
      while (cursor.next()) {
        keys.add(cursor.key());
        values.add(cursor.value());
      }
    }
    keys.forEach(key -> batch.put(column, key, values.getFirst()));
    network.store.write(batch, Durability.SYNC);
  }
}
