package org.bitcloud.chain.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bitcloud.chain.BlockRule;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.Forgery;
import org.bitcloud.chain.HeaderChange;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Roots;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.Test;

/// Blocks go through a file from one chain to another.
class ChainTransferTest {
  private static final int BLOCKS = 70; // more than one commit's

  private final TestNetwork source = grown();
  private final TestNetwork target = TestNetwork.open();

  private static TestNetwork grown() {
    TestNetwork network = TestNetwork.open();
    for (int i = 0; i < BLOCKS; i++) {
      var _ =
          network.append(
              TestNetwork.transfer(0, i, 1), TestNetwork.note(2, i, "note " + i, Amount.of(1)));
    }
    return network;
  }

  @Test
  void carriesAChainToAnotherNode() throws Exception {
    ImportReport report = importInto(target, exported(1, BLOCKS));
    assertEquals(BLOCKS, report.blocks());
    assertEquals(2L * BLOCKS, report.transactions());
    assertEquals(source.stateRoot(), report.stateRoot());
    assertEquals(source.chain.heads(), target.chain.heads());
    Hash middle = source.chain.hashAt(new Height(33)).orElseThrow();
    assertEquals(source.chain.receipts(middle), target.chain.receipts(middle));
    assertTrue(target.audit().balanced());
  }

  @Test
  void letsTheTagsLagBehindByTheDepthsOfTheEngine() throws Exception {
    var _ = importInto(target, exported(1, BLOCKS), new TagDepths(3, 6));
    assertEquals(new Height(BLOCKS), target.chain.heads().headRef().height());
    assertEquals(new Height(BLOCKS - 3), target.chain.safe().height());
    assertEquals(new Height(BLOCKS - 6), target.chain.finalized().height());
  }

  @Test
  void goesOnWhereAnInterruptedImportStood() throws Exception {
    byte[] whole = exported(1, BLOCKS);
    byte[] part = Arrays.copyOf(whole, whole.length / 2);
    ChainFileException cut = assertThrows(ChainFileException.class, () -> importInto(target, part));
    assertTrue(cut.getMessage().contains("cut off"), cut.getMessage());
    long committed = target.chain.heads().headRef().height().value();
    assertTrue(committed > 0 && committed < BLOCKS, "committed " + committed);

    ImportReport rest = importInto(target, whole);
    assertEquals(committed, rest.skipped());
    assertEquals(BLOCKS - committed, rest.blocks());
    assertEquals(source.chain.heads(), target.chain.heads());
  }

  @Test
  void takesPartsInTheirOrderOnly() throws Exception {
    ChainFileException gap =
        assertThrows(ChainFileException.class, () -> importInto(target, exported(11, 20)));
    assertTrue(gap.getMessage().contains("import the blocks between first"), gap.getMessage());
    var _ = importInto(target, exported(1, 10));
    ImportReport second = importInto(target, exported(11, 20));
    assertEquals(new Height(20), second.head());
    assertEquals(10, second.blocks());
  }

  @Test
  void refusesAFileOfAnotherNetworkAndABlockOfAnotherLine() throws Exception {
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    ChainFileWriter.begin(other, Hash.ZERO, new Height(1)).end();
    ChainFileException network =
        assertThrows(ChainFileException.class, () -> importInto(target, other.toByteArray()));
    assertTrue(network.getMessage().contains("genesis"), network.getMessage());

    var _ = target.append(TestNetwork.transfer(5, 0, 6));
    ImportException line =
        assertThrows(ImportException.class, () -> importInto(target, exported(1, 3)));
    assertEquals(new Height(1), line.height());
  }

  @Test
  void stopsAtABlockWithACorruptedSignature() throws Exception {
    assertStops(
        BlockRule.SIGNATURE,
        block -> {
          List<SignedTransaction> list = new ArrayList<>(block.body().transactions());
          list.set(1, Forgery.unrecoverable());
          BlockBody body = BlockBody.of(list);
          Roots old = block.header().roots();
          Roots roots =
              new Roots(old.state(), body.transactionsRoot(), old.attestations(), old.receipts());
          return new Block(HeaderChange.withRoots(block.header(), roots), block.sealProof(), body);
        });
  }

  @Test
  void stopsAtABlockWithACorruptedRoot() throws Exception {
    assertStops(
        BlockRule.STATE_ROOT,
        block -> {
          Roots old = block.header().roots();
          Roots roots =
              new Roots(old.receipts(), old.transactions(), old.attestations(), old.receipts());
          return withHeader(block, HeaderChange.withRoots(block.header(), roots));
        });
  }

  @Test
  void stopsAtABlockWithACorruptedBloom() throws Exception {
    assertStops(
        BlockRule.LOGS_BLOOM,
        block -> {
          byte[] bloom = block.header().logsBloom().toArray();
          bloom[7] ^= 1;
          return withHeader(block, HeaderChange.withBloom(block.header(), Bytes.wrap(bloom)));
        });
  }

  private static Block withHeader(Block block, BlockHeader header) {
    return new Block(header, block.sealProof(), block.body());
  }

  private void assertStops(BlockRule rule, UnaryOperator<Block> corruption) throws Exception {
    Height bad = new Height(68);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ChainFileWriter writer = ChainFileWriter.begin(file, source.chain.genesisHash(), new Height(1));
    for (Height at = new Height(1); at.value() <= BLOCKS; at = at.next()) {
      Block block = source.chain.blockAt(at).orElseThrow();
      writer.write(
          new FileBlock(at.equals(bad) ? corruption.apply(block) : block, Optional.empty()));
    }
    writer.end();
    ImportException refused =
        assertThrows(ImportException.class, () -> importInto(target, file.toByteArray()));
    assertEquals(bad, refused.height());
    assertTrue(refused.getMessage().contains(rule.code()), refused.getMessage());
    assertEquals(bad.minus(1), target.chain.heads().headRef().height());
    assertEquals(
        source.chain.headerAt(bad.minus(1)).orElseThrow().roots().state(), target.stateRoot());
  }

  private byte[] exported(long first, long last) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    long transactions =
        ChainExport.write(
            source.chain, new Height(first), new Height(last), file, TransferProgress.NONE);
    assertEquals(2 * (last - first + 1), transactions);
    return file.toByteArray();
  }

  private static ImportReport importInto(TestNetwork network, byte[] file) throws Exception {
    return importInto(network, file, TagDepths.INSTANT);
  }

  private static ImportReport importInto(TestNetwork network, byte[] file, TagDepths tags)
      throws Exception {
    Chain chain = network.chain;
    InstantSource clock =
        () -> TestNetwork.now(chain.block(chain.hashAt(new Height(0)).orElseThrow()).orElseThrow());
    return ChainImport.run(
        chain,
        ChainFileReader.open(new ByteArrayInputStream(file)),
        new ChainImport.Ports(tags, clock, Runnable::run, TransferProgress.NONE, file.length));
  }
}
