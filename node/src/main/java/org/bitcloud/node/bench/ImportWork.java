package org.bitcloud.node.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.BuildRequest;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.Commit;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.file.ChainFileWriter;
import org.bitcloud.chain.file.FileBlock;
import org.bitcloud.chain.file.TransferProgress;
import org.bitcloud.node.ChainAccess;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.SignedTransaction;

/// A chain file full of transfers, on the rules and corporations of a devnet with the `dev` engine.
///
/// @param genesis the network of the file
/// @param file its blocks
public record ImportWork(Genesis genesis, Path file) {
  private static final Bytes SEAL_DATA = Bytes.of((byte) 0xc0);
  private static final long BLOCK_MILLIS = 1_000;
  private static final long MEMORY = 256L << 20;
  private static final int BUFFER_BYTES = 1 << 20;

  /// Returns the file of a plan, made where it is not in the folder yet.
  ///
  /// @param plan still at its beginning
  /// @param folder where files are kept
  /// @throws IOException when the plan's transfers are not all valid, or the disk refuses
  public static ImportWork of(TransferPlan plan, Path folder, TransferProgress progress)
      throws IOException, ServiceException, ConfigException {
    Genesis genesis = BenchGenesis.of(plan, BenchGenesis.devnet().engineParameters());
    String name =
        "import-%s-%s".formatted(plan.identity(), genesis.genesisHash().toHex().substring(2, 10));
    Path file = folder.resolve(name + ".chain");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path part = folder.resolve(name + ".part");
      try {
        make(genesis, plan, part, progress);
        Path _ = Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        boolean _ = Files.deleteIfExists(part);
      }
    }
    return new ImportWork(genesis, file);
  }

  private static void make(Genesis genesis, TransferPlan plan, Path file, TransferProgress progress)
      throws IOException, ServiceException {
    try (ScratchFolder scratch =
            ScratchFolder.in(file.toAbsolutePath().resolveSibling("").normalize());
        ChainAccess access = ChainAccess.open(scratch.path(), genesis, Optional.empty(), MEMORY);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      write(access.chain(), plan, out, progress);
    }
  }

  private static void write(
      Chain chain, TransferPlan plan, OutputStream out, TransferProgress progress)
      throws IOException {
    ChainFileWriter writer = ChainFileWriter.begin(out, chain.genesisHash(), new Height(1));
    int made = 0;
    for (List<SignedTransaction> next = plan.next(); !next.isEmpty(); next = plan.next()) {
      Block block = append(chain, next);
      writer.write(new FileBlock(block, Optional.empty()));
      progress.moved(block.height(), ++made, plan.blocks());
    }
    writer.end();
  }

  private static Block append(Chain chain, List<SignedTransaction> transfers) throws IOException {
    Iterator<SignedTransaction> rest = transfers.iterator();
    TransactionSource source = () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    long time = chain.head().timeMillis() + BLOCK_MILLIS;
    UnsealedBlock built =
        chain.build(
            BuildRequest.on(chain.head(), time, BenchGenesis.VALIDATOR.address(), SEAL_DATA),
            source);
    if (built.body().transactions().size() != transfers.size()) {
      throw new IOException(
          "block %s takes only %d of %d transactions: are their senders funded and their nonces in order?"
              .formatted(
                  chain.head().height().next(),
                  built.body().transactions().size(),
                  transfers.size()));
    }
    Block block = built.seal(BenchGenesis.VALIDATOR.sign(built.header().hash()).toBytes65());
    Verdict verdict = chain.execute(block, Instant.ofEpochMilli(time));
    if (!verdict.isAccepted()) {
      throw new IllegalStateException("an own block is refused: " + verdict);
    }
    chain.decide(Commit.finalize(block.hash()));
    return block;
  }
}
