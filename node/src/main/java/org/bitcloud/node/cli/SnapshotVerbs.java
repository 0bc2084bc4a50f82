package org.bitcloud.node.cli;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.file.SnapshotExport;
import org.bitcloud.chain.file.SnapshotFileReader;
import org.bitcloud.node.ChainAccess;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.SnapshotStart;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `chain snapshot …`: states in files.
final class SnapshotVerbs {
  private SnapshotVerbs() {}

  /// `chain snapshot export`.
  @Command(
      name = "export",
      description = "Write the state after a finalized block of a stopped node into a file.",
      footer = {
        "",
        "Tell those who import it the hash of the block that this prints, over a way they trust.",
        "Example:",
        "  bitcloud chain snapshot export state.bin --dir ~/.bitcloud/node"
      })
  static final class Export extends Verb {
    @Parameters(paramLabel = "FILE", description = "where to write; must not exist")
    Path file = Path.of("");

    @Option(
        names = "--height",
        paramLabel = "N",
        description = "the block (default: the finalized one)")
    @Nullable Long height;

    Export(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      ChainFolder folder = ChainFolder.existing(cli, directory());
      try (NewFile target = NewFile.at(file);
          DataDirectory _ = folder.lock();
          ChainAccess access = folder.open();
          ProgressBar bar = new ProgressBar(cli, json)) {
        Chain chain = access.chain();
        Height at = at(chain);
        long entries =
            SnapshotExport.write(
                chain,
                at,
                target.out(),
                (_, done, total) -> bar.update("export", done, total, done + " entries"));
        target.complete();
        report(at, chain.hashAt(at).orElseThrow(), entries);
      }
    }

    private Height at(Chain chain) throws CliException {
      long finalized = chain.finalized().height().value();
      long wanted = height != null ? height : finalized;
      if (wanted < 1 || wanted > finalized) {
        throw new CliException(
            "block " + wanted + " is not one that is finalized",
            "blocks 1 to " + finalized + " are");
      }
      return new Height(wanted);
    }

    private void report(Height at, Hash hash, long entries) throws Exception {
      if (json) {
        print(
            object()
                .put("file", file.toString())
                .put("height", at.value())
                .put("block", hash.toHex())
                .put("entries", entries)
                .put("bytes", Files.size(file)));
        return;
      }
      say("%s: %d entries, %s", file, entries, Money.bytes(Files.size(file)));
      say("block %d  %s", at.value(), hash.toHex());
    }
  }

  /// `chain snapshot import`.
  @Command(
      name = "import",
      description = "Start a node's chain with the state in a file instead of all blocks.",
      footer = {
        "",
        "The state must have the root of the block whose hash you name; take that from somebody whom",
        "you trust, such as another node of yours or a block explorer.",
        "Example:",
        "  bitcloud chain snapshot import state.bin --block 0x… --dir ~/.bitcloud/node"
      })
  static final class Import extends Verb {
    @Parameters(paramLabel = "FILE", description = "what chain snapshot export has written")
    Path file = Path.of("");

    @Option(
        names = "--block",
        paramLabel = "HASH",
        required = true,
        description = "hash of the block that you trust")
    String block = "";

    @Option(
        names = "--genesis",
        paramLabel = "FILE",
        description = "the network's genesis file (default: the folder's own, else the devnet's)")
    @Nullable Path genesis;

    Import(Cli cli) {
      super(cli);
    }

    @Override
    Path directory() {
      return directory != null ? super.directory() : cli.home().resolve("node");
    }

    @Override
    void run() throws Exception {
      Hash trusted = trusted();
      try (InputStream in = Files.newInputStream(file);
          ProgressBar bar = new ProgressBar(cli, json)) {
        SnapshotFileReader reader = SnapshotFileReader.open(in);
        ChainFolder folder = ChainFolder.of(cli, directory(), genesis);
        try (DataDirectory _ = folder.lock()) {
          long entries =
              SnapshotStart.importInto(
                  folder.database(),
                  folder.genesis(),
                  reader,
                  trusted,
                  (height, done, total) -> bar.update("import", done, total, "block " + height),
                  Files.size(file));
          if (genesis != null) {
            folder.keepGenesis(genesis);
          }
          report(reader, trusted, entries);
        }
      }
    }

    private Hash trusted() throws CliException {
      try {
        return new Hash(Bytes.fromHex(block));
      } catch (MalformedException | IllegalArgumentException e) {
        throw new CliException("not the hash of a block: " + block, "32 bytes in hex, after 0x");
      }
    }

    private void report(SnapshotFileReader reader, Hash trusted, long entries) {
      long height = reader.snapshot().block().height().value();
      Hash root = reader.snapshot().block().header().roots().state();
      if (json) {
        print(
            object()
                .put("height", height)
                .put("block", trusted.toHex())
                .put("entries", entries)
                .put("state_root", root.toHex()));
        return;
      }
      say("%d entries have the state root of block %d, %s", entries, height, root);
      say("the chain begins with that block; those before it are not here");
    }
  }
}
