package org.bitcloud.chain.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final SignedTransaction FIRST = TestNetwork.transfer(0, 0, 1);
  private static final SignedTransaction SECOND = TestNetwork.note(1, 0, "two", Amount.ONE);
  private static final SignedTransaction THIRD = TestNetwork.transfer(2, 5, 1);

  @TempDir Path folder;
  private Path path = Path.of("");

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("pool.journal");
    try (JournalFile file = JournalFile.replace(path, List.of(FIRST))) {
      file.append(List.of(SECOND, THIRD));
      assertEquals(Files.size(path), file.size());
    }
  }

  private record Read(JournalFile.Found found, List<Bytes> records) {}

  private Read read() throws IOException {
    List<Bytes> records = new ArrayList<>();
    return new Read(JournalFile.read(path, records::add), records);
  }

  private static List<Bytes> encoded(SignedTransaction... transactions) {
    return Arrays.stream(transactions).map(SignedTransaction::encoded).toList();
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertEquals(new Read(new JournalFile.Found(3, 0, 0), encoded(FIRST, SECOND, THIRD)), read());
  }

  @Test
  void matchesTheGoldenFile() throws IOException {
    Golden.file(Path.of("..", "docs", "spec", "mempool-journal-golden.txt"))
        .matches("journal " + Bytes.wrap(Files.readAllBytes(path)) + "\n");
  }

  @Test
  void losesOnlyTheTailWhereverAnAppendBroke() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    int last = whole.length - 8 - THIRD.size();
    for (int length = last; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertEquals(
          new Read(new JournalFile.Found(2, 0, length - last), encoded(FIRST, SECOND)), read());
    }
  }

  @Test
  void passesOverADamagedRecord() throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    bytes[8 + 8 + FIRST.size() + 8 + 3] ^= 1;
    Files.write(path, bytes);
    assertEquals(new Read(new JournalFile.Found(2, 1, 0), encoded(FIRST, THIRD)), read());
  }

  @Test
  void believesNoLengthThatCannotBe() throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    int second = 8 + 8 + FIRST.size();
    for (int first : new int[] {0x7f, 0xff, 0x00}) {
      byte[] damaged = bytes.clone();
      damaged[second] = (byte) first;
      damaged[second + 1] = (byte) (first == 0 ? 2 : 0); // 2 << 16 is the most; some more follows
      Files.write(path, damaged);
      assertEquals(
          new Read(new JournalFile.Found(1, 0, bytes.length - second - 8), encoded(FIRST)),
          withoutHead(read()));
    }
  }

  /* The head of the record that ends the reading counts as cut, too. */
  private static Read withoutHead(Read read) {
    JournalFile.Found found = read.found();
    return new Read(
        new JournalFile.Found(found.records(), found.damaged(), found.cutBytes() - 8),
        read.records());
  }

  @Test
  void stopsWhereTheReaderSaysSo() throws IOException {
    List<Bytes> records = new ArrayList<>();
    JournalFile.Found found =
        JournalFile.read(path, record -> records.size() < 2 && records.add(record));
    assertEquals(new JournalFile.Found(2, 0, 0), found);
    assertEquals(encoded(FIRST, SECOND), records);
  }

  @Test
  void readsNothingOutOfAnotherFile() throws IOException {
    Files.writeString(path, "not a journal at all");
    assertEquals(new Read(new JournalFile.Found(0, 0, 20), List.of()), read());
    Files.write(path, new byte[3]);
    assertEquals(new Read(new JournalFile.Found(0, 0, 3), List.of()), read());
    Files.delete(path);
    assertEquals(new Read(JournalFile.Found.NOTHING, List.of()), read());
  }
}
