package org.bitcloud.primitives.rlp;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.testkit.Choices;

/// RLP of any shape: an item is [Bytes] or a [List] of items.
final class RlpAnything {
  private RlpAnything() {}

  static Object read(RlpReader reader) throws MalformedException {
    if (!reader.isListNext()) {
      return reader.readBytes(Integer.MAX_VALUE);
    }
    List<Object> items = new ArrayList<>();
    reader.enterList();
    while (reader.hasNext()) {
      items.add(read(reader));
    }
    reader.leaveList();
    return items;
  }

  static void write(RlpWriter writer, Object item) {
    if (item instanceof Bytes bytes) {
      writer.bytes(bytes);
    } else {
      writer.beginList();
      ((List<?>) item).forEach(inner -> write(writer, inner));
      writer.endList();
    }
  }

  static Object choose(Choices choices, int depth) {
    if (depth > 0 && choices.oneIn(2)) {
      return choices.listUpTo(4, c -> choose(c, depth - 1));
    }
    return Bytes.wrap(choices.oneIn(10) ? choices.bytesUpTo(700) : choices.bytesUpTo(60));
  }
}
