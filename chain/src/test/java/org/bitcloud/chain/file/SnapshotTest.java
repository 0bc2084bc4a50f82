package org.bitcloud.chain.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.ChainException;
import org.bitcloud.chain.ChainSnapshot;
import org.bitcloud.chain.ChainVerifier;
import org.bitcloud.chain.Commit;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.LogFilter;
import org.bitcloud.chain.LogRangeException;
import org.bitcloud.chain.SnapshotException;
import org.bitcloud.chain.SnapshotStart;
import org.bitcloud.chain.SnapshotStart.Entry;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.chain.VerifyProgress;
import org.bitcloud.chain.VerifyReport;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.Test;

/// A state goes through a file to a node that has none of the blocks before it.
class SnapshotTest {
  private static final Height AT = new Height(6);

  private final TestNetwork source = grown();
  private final Hash trusted = source.chain.hashAt(AT).orElseThrow();
  private final MemoryStore store = MemoryStore.open(Chain.columns());

  private static TestNetwork grown() {
    TestNetwork network = TestNetwork.open();
    for (int i = 0; i < 9; i++) {
      var _ =
          network.append(
              TestNetwork.transfer(0, i, 10 + i), TestNetwork.note(2, i, "note", Amount.of(1)));
    }
    return network;
  }

  @Test
  void startsANodeThatGoesOnLikeTheOthers() throws Exception {
    assertTrue(importInto(exported(), trusted) > TestNetwork.USERS);
    TestNetwork target = TestNetwork.open(store);
    assertEquals(AT, target.chain.heads().finalized().height());
    assertEquals(source.chain.headerAt(AT).orElseThrow(), target.chain.head());
    assertEquals(source.chain.headerAt(new Height(1)), target.chain.headerAt(new Height(1)));
    assertEquals(source.chain.receipts(trusted), target.chain.receipts(trusted));
    assertTrue(target.audit().balanced());

    for (Height at = AT.next(); at.value() <= 9; at = at.next()) {
      Block block = source.chain.blockAt(at).orElseThrow();
      TestNetwork.accept(target.chain.execute(block, TestNetwork.now(block)));
      target.chain.decide(Commit.finalize(block.hash()));
    }
    assertEquals(source.stateRoot(), target.stateRoot());
    assertEquals(source.chain.heads(), target.chain.heads());
    VerifyReport report =
        ChainVerifier.verify(target.chain, HeaderRules.NONE, Runnable::run, VerifyProgress.NONE);
    assertEquals(AT, report.first());
    assertEquals(new Height(9), report.head());
    assertEquals(6, report.transactions());

    assertEquals(AT, target.chain.oldestBlock());
    assertEquals(4, target.chain.logs(logs(AT)).size());
    LogRangeException below =
        assertThrows(LogRangeException.class, () -> target.chain.logs(logs(AT.minus(1))));
    assertTrue(
        String.valueOf(below.getMessage()).contains("from height " + AT), below.getMessage());
  }

  private static LogFilter logs(Height from) {
    return new LogFilter(from, new Height(9), List.of(), List.of());
  }

  @Test
  void refusesABlockThatNobodyTrusts() throws Exception {
    byte[] file = exported();
    SnapshotException refused =
        assertThrows(SnapshotException.class, () -> importInto(file, Hash.ZERO));
    assertTrue(refused.getMessage().contains("not the trusted"), refused.getMessage());
    assertTrue(importInto(file, trusted) > 0); // nothing was begun
  }

  @Test
  void refusesAStateThatIsNotTheBlocksAndClearsItUpTheNextTime() throws Exception {
    ByteArrayOutputStream forged = new ByteArrayOutputStream();
    SnapshotFileWriter writer = new SnapshotFileWriter(forged);
    writer.begin(source.chain.genesisHash(), ChainSnapshot.of(source.chain, AT));
    writer.entries(List.of(new Entry(Bytes.ofUtf8("a forged key"), Bytes.ofUtf8("value"))));
    writer.end();
    SnapshotException refused =
        assertThrows(SnapshotException.class, () -> importInto(forged.toByteArray(), trusted));
    assertTrue(refused.getMessage().contains("root"), refused.getMessage());
    ChainException half = assertThrows(ChainException.class, () -> TestNetwork.open(store));
    assertTrue(half.getMessage().contains("cut off"), half.getMessage());

    var _ = importInto(exported(), trusted);
    assertEquals(
        source.chain.headerAt(AT).orElseThrow().roots().state(),
        TestNetwork.open(store).stateRoot());
  }

  @Test
  void refusesBlocksThatDoNotFitTogether() {
    ChainSnapshot good = ChainSnapshot.of(source.chain, AT);
    ChainSnapshot other = ChainSnapshot.of(source.chain, AT.next());
    assertRefused(
        new ChainSnapshot(good.below(), good.block(), good.certificate(), List.of()), "receipts");
    assertRefused(
        new ChainSnapshot(
            good.below().subList(0, 4), good.block(), good.certificate(), good.receipts()),
        "parent");
    assertRefused(
        new ChainSnapshot(
            good.below().subList(1, 5), good.block(), good.certificate(), good.receipts()),
        "missing");
    assertRefused(
        new ChainSnapshot(
            good.below(),
            new Block(good.block().header(), Bytes.EMPTY, other.block().body()),
            good.certificate(),
            good.receipts()),
        "lists");
  }

  private void assertRefused(ChainSnapshot snapshot, String word) {
    SnapshotException refused =
        assertThrows(
            SnapshotException.class,
            () -> {
              var _ = SnapshotStart.begin(store, source.genesis, source.rules, snapshot, trusted);
            });
    assertTrue(refused.getMessage().contains(word), refused.getMessage());
  }

  @Test
  void refusesEveryCutAndAFullStore() throws Exception {
    byte[] file = exported();
    for (int size = 0; size < file.length; size += 1 + size / 9) {
      byte[] cut = Arrays.copyOf(file, size);
      assertThrows(ChainFileException.class, () -> importInto(cut, trusted));
    }
    var _ = importInto(file, trusted);
    ChainException full = assertThrows(ChainException.class, () -> importInto(file, trusted));
    assertTrue(full.getMessage().contains("empty directory"), full.getMessage());
  }

  private byte[] exported() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertTrue(
        SnapshotExport.write(source.chain, AT, file, TransferProgress.NONE) > TestNetwork.USERS);
    return file.toByteArray();
  }

  private long importInto(byte[] file, Hash hash) throws Exception {
    return SnapshotImport.run(
        store,
        source.genesis,
        source.rules,
        SnapshotFileReader.open(new ByteArrayInputStream(file)),
        hash,
        TransferProgress.NONE,
        file.length);
  }
}
