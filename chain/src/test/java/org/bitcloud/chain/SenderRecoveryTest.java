package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.bitcloud.chain.state.Workers;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.Test;

class SenderRecoveryTest {
  private static List<SignedTransaction> transactions(int count) throws Exception {
    List<SignedTransaction> decoded = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      decoded.add(SignedTransaction.decode(TestNetwork.transfer(i % 3, i, 5).encoded()));
    }
    return decoded;
  }

  @Test
  void recoversAllOnAPool() throws Exception {
    List<SignedTransaction> all = transactions(100);
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      assertEquals(Optional.empty(), new SenderRecovery(new Workers(pool, 4)).recover(all));
    }
    for (int i = 0; i < all.size(); i++) {
      assertEquals(TestNetwork.user(i % 3), all.get(i).senderIfKnown());
    }
  }

  @Test
  void doesItAllItselfWhenThePoolIsBusyOrShut() throws Exception {
    SenderRecovery busy = new SenderRecovery(new Workers(task -> {}, 4));
    assertEquals(Optional.empty(), busy.recover(transactions(70)));
    List<SignedTransaction> all = transactions(70);
    SenderRecovery shut =
        new SenderRecovery(
            new Workers(
                task -> {
                  throw new RejectedExecutionException("shut");
                },
                4));
    assertEquals(Optional.empty(), shut.recover(all));
    assertNotNull(all.getLast().senderIfKnown());
  }

  @Test
  void acceptsAnEmptyList() {
    assertEquals(
        Optional.empty(), new SenderRecovery(new Workers(Runnable::run, 2)).recover(List.of()));
  }
}
