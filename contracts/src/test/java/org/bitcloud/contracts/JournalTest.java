package org.bitcloud.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static Bytes bytes(int value) {
    return Bytes.of((byte) value);
  }

  @Test
  void readsSeeChangesFirst() {
    Journal journal = new Journal(Map.of(bytes(1), bytes(10), bytes(2), bytes(20))::get);
    journal.put(bytes(1), bytes(11));
    journal.delete(bytes(2));
    assertEquals(bytes(11), journal.get(bytes(1)));
    assertNull(journal.get(bytes(2)));
    assertEquals(
        Map.of(bytes(1), Optional.of(bytes(11)), bytes(2), Optional.empty()), journal.changes());
  }

  @Test
  void aValueThatLooksLikeTheDeletionMarkIsNone() {
    Journal journal = new Journal(_ -> null);
    journal.put(bytes(1), bytes(0));
    assertEquals(bytes(0), journal.get(bytes(1)));
  }

  @Test
  void rollbackReturnsToEveryMark() {
    Property.named("journal marks")
        .runs(200)
        .check(
            choices -> {
              Map<Bytes, Bytes> base = new HashMap<>();
              base.put(bytes(0), bytes(1));
              Journal journal = new Journal(base::get);
              List<Integer> marks = new ArrayList<>();
              List<Map<Bytes, Optional<Bytes>>> seen = new ArrayList<>();
              for (int i = 0; i < 30; i++) {
                marks.add(journal.mark());
                seen.add(journal.changes());
                change(journal, choices);
              }
              for (int i = marks.size() - 1; i >= 0; i -= choices.between(1, 5)) {
                journal.rollback(marks.get(i));
                assertEquals(seen.get(i), journal.changes());
              }
            });
  }

  private static void change(Journal journal, Choices choices) {
    Bytes key = bytes(choices.below(4));
    if (choices.flip()) {
      journal.put(key, bytes(choices.below(5)));
    } else {
      journal.delete(key);
    }
  }
}
