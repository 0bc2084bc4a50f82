package org.bitcloud.chain.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.ChainSnapshot;
import org.bitcloud.chain.SnapshotStart.Entry;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.Test;

/// Both kinds of file, byte for byte.
class FilesGoldenTest {
  private static final Bytes CERTIFICATE = Bytes.ofUtf8("certificate");
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(Bytes.ofUtf8("a"), Bytes.ofUtf8("1")),
          new Entry(Bytes.ofUtf8("b"), Bytes.EMPTY));

  private final TestNetwork network = TestNetwork.open();
  private final Block first = network.append(TestNetwork.transfer(0, 0, 1));
  private final Block second = network.append(TestNetwork.note(1, 0, "golden", Amount.of(5)));

  @Test
  void matchTheGoldenFiles() throws Exception {
    byte[] chain = chainFile();
    byte[] state = snapshotFile();
    Golden.file(Path.of("..", "docs", "spec", "files-golden.txt"))
        .matches(
            "chain %s%nstate %s%n".formatted(Bytes.wrap(chain).toHex(), Bytes.wrap(state).toHex()));

    ChainFileReader blocks = ChainFileReader.open(new ByteArrayInputStream(chain));
    assertEquals(new Height(1), blocks.first());
    assertEquals(
        new FileBlock(first, Optional.of(CERTIFICATE)).frame(),
        blocks.next().orElseThrow().frame());
    assertEquals(second, blocks.next().orElseThrow().block());
    assertEquals(Optional.empty(), blocks.next());
    assertEquals(chain.length, blocks.bytes());

    SnapshotFileReader entries = SnapshotFileReader.open(new ByteArrayInputStream(state));
    assertEquals(ChainSnapshot.of(network.chain, new Height(2)), entries.snapshot());
    assertEquals(ENTRIES, entries.next());
    assertEquals(List.of(), entries.next());
    assertEquals(state.length, entries.bytes());
  }

  private byte[] chainFile() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ChainFileWriter writer =
        ChainFileWriter.begin(file, network.chain.genesisHash(), new Height(1));
    writer.write(new FileBlock(first, Optional.of(CERTIFICATE)));
    writer.write(new FileBlock(second, Optional.empty()));
    writer.end();
    return file.toByteArray();
  }

  private byte[] snapshotFile() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    SnapshotFileWriter writer = new SnapshotFileWriter(file);
    writer.begin(network.chain.genesisHash(), ChainSnapshot.of(network.chain, new Height(2)));
    writer.entries(ENTRIES);
    writer.end();
    return file.toByteArray();
  }
}
