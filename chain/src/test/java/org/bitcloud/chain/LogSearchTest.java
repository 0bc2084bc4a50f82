package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.Test;

class LogSearchTest {
  private final TestNetwork network = TestNetwork.open();

  LogSearchTest() {
    network.append(TestNetwork.note(0, 0, "a", Amount.ZERO), note(1, 0, "b"));
    network.append(TestNetwork.transfer(2, 0, 3));
    network.append(TestNetwork.transfer(2, 1, 3), note(0, 1, "b"), note(1, 1, "c"));
  }

  private static SignedTransaction note(int from, long nonce, String text) {
    return TestNetwork.note(from, nonce, text, Amount.ZERO);
  }

  private List<LogEntry> find(long from, long to, List<Address> who, List<List<Hash>> topics)
      throws LogRangeException {
    return network.chain.logs(new LogFilter(new Height(from), new Height(to), who, topics));
  }

  private static Hash topic(String note) {
    return Bulletin.topic(Bytes.ofUtf8(note));
  }

  @Test
  void findsAllLogsWithTheirPlaces() throws Exception {
    List<LogEntry> found = find(0, 99, List.of(), List.of());
    assertEquals(
        List.of("a", "b", "b", "c"),
        found.stream().map(entry -> text(entry.log().data())).toList());
    LogEntry last = found.getLast();
    Block block = network.chain.blockAt(new Height(3)).orElseThrow();
    assertEquals(block.hash(), last.block());
    assertEquals(new Height(3), last.height());
    assertEquals(2, last.transactionIndex());
    assertEquals(1, last.logIndex());
    assertEquals(note(1, 1, "c").hash(), last.transaction());
    assertEquals(block.header().timeMillis(), last.timeMillis());
  }

  @Test
  void filtersByHeightAddressAndTopic() throws Exception {
    assertEquals(2, find(1, 2, List.of(Bulletin.ADDRESS), List.of()).size());
    assertEquals(0, find(0, 9, List.of(TestNetwork.user(1)), List.of()).size());
    assertEquals(2, find(0, 9, List.of(), List.of(List.of(topic("b")))).size());
    assertEquals(3, find(0, 9, List.of(), List.of(List.of(topic("a"), topic("b")))).size());
    assertEquals(4, find(0, 9, List.of(), List.of(List.of())).size());
    assertEquals(0, find(0, 9, List.of(), List.of(List.of(), List.of(topic("b")))).size());
    assertEquals(0, find(2, 2, List.of(), List.of()).size());
    assertEquals(0, find(3, 1, List.of(), List.of()).size());
  }

  @Test
  void refusesRangesThatAreTooLong() throws Exception {
    assertThrows(LogRangeException.class, () -> find(0, 10_000, List.of(), List.of()));
    assertEquals(4, find(0, 9_999, List.of(), List.of()).size());
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }
}
