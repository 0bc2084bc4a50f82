package org.bitcloud.chain.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.testkit.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueCacheTest {
  private static final Bytes KEY = Bytes.ofUtf8("key");

  @Test
  void keepsWhatWasPutLast() {
    ValueCache cache = new ValueCache(4_096);
    assertNull(cache.get(KEY));
    cache.put(KEY, Bytes.ofUtf8("one"));
    cache.put(KEY, Bytes.ofUtf8("another"));
    assertEquals(Bytes.ofUtf8("another"), cache.get(KEY));
    cache.put(KEY, null);
    assertNull(cache.get(KEY));
    cache.put(KEY, Bytes.EMPTY);
    assertEquals(Bytes.EMPTY, cache.get(KEY));
  }

  @Test
  void forgetsAnEntryThatBecomesTooLong() {
    ValueCache cache = new ValueCache(4_096);
    Bytes longest = Bytes.wrap(new byte[ValueCache.ENTRY_SIZE_MAX - KEY.size()]);
    cache.put(KEY, longest);
    assertEquals(longest, cache.get(KEY));
    cache.put(KEY, Bytes.wrap(new byte[longest.size() + 1]));
    assertNull(cache.get(KEY));
    Bytes longKey = Bytes.wrap(new byte[ValueCache.ENTRY_SIZE_MAX + 1]);
    cache.put(longKey, Bytes.EMPTY);
    assertNull(cache.get(longKey));
  }

  @Test
  void keepsAsManyAsItHasRoomFor() {
    ValueCache cache = new ValueCache(1 << 19);
    int entries = 20_000;
    for (int i = 0; i < entries; i++) {
      cache.put(number(i), number(i));
    }
    int found = 0;
    for (int i = 0; i < entries; i++) {
      found += number(i).equals(cache.get(number(i))) ? 1 : 0;
    }
    // 8,192 slots, and the keys spread over the sets.
    assertTrue(found > 8_000 && found <= 8_192, "kept " + found);
  }

  @Test
  void withoutMemoryNothingIsKept() {
    ValueCache cache = new ValueCache(0);
    cache.put(KEY, Bytes.EMPTY);
    assertNull(cache.get(KEY));
  }

  @Test
  void neverAnswersWithAnotherValueThanTheLast() {
    Property.named("cached value is the last")
        .runs(200)
        .check(
            choices -> {
              ValueCache cache = new ValueCache(choices.below(3_000));
              Map<Bytes, @Nullable Bytes> last = new HashMap<>();
              for (int i = 0; i < 300; i++) {
                Bytes key = number(choices.below(60));
                Bytes value = choices.oneIn(4) ? null : Bytes.wrap(choices.bytesUpTo(70));
                cache.put(key, value);
                last.put(key, value);
                Bytes asked = number(choices.below(60));
                Bytes found = cache.get(asked);
                assertTrue(found == null || found.equals(last.get(asked)));
              }
            });
  }

  private static Bytes number(int number) {
    return Bytes.ofUtf8("entry " + number);
  }
}
