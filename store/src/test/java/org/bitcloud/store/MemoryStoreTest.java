package org.bitcloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest extends StoreContract {
  private MemoryMedium medium = new MemoryMedium();

  @Override
  KeyValueStore open(List<Column> columns) {
    return MemoryStore.open(medium, columns);
  }

  @Override
  void crash() {
    medium.crash();
  }

  @Override
  void erase() {
    medium = new MemoryMedium();
  }

  @Test
  void crashLosesWhatWasNotDurable() {
    MemoryMedium disk = new MemoryMedium();
    MemoryStore before = MemoryStore.open(disk, COLUMNS);
    before.write(new WriteBatch().put(LEFT, b("a"), b("1")), Durability.SYNC);
    before.write(
        new WriteBatch().put(LEFT, b("a"), b("2")).put(LEFT, b("b"), b("2")), Durability.ASYNC);
    before.write(new WriteBatch().delete(LEFT, b("a")), Durability.ASYNC);
    disk.crash();
    assertThrows(StoreException.class, () -> before.get(LEFT, b("a")));
    try (MemoryStore after = MemoryStore.open(disk, COLUMNS)) {
      assertEquals(b("1"), after.get(LEFT, b("a")));
      assertNull(after.get(LEFT, b("b")));
    }
    before.close();
  }
}
