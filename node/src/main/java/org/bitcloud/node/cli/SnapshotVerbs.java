package org.bitcloud.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.file.SnapshotExport;
import org.bitcloud.chain.file.SnapshotFileReader;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.SnapshotStart;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
  static final class Export extends ExportVerb<Export.Written> {
    @Option(
        names = "--height",
        paramLabel = "N",
        description = "the block (default: the finalized one)")
    @Nullable Long height;

    Export(Cli cli) {
      super(cli);
    }

    /// @param hash of the block
    record Written(Height at, Hash hash, long entries) {}

    @Override
    Written write(Chain chain, OutputStream out, ProgressBar bar) throws Exception {
      Height at = at(chain);
      long entries =
          SnapshotExport.write(
              chain,
              at,
              out,
              (_, done, total) -> bar.update("export", done, total, done + " entries"));
      return new Written(at, chain.hashAt(at).orElseThrow(), entries);
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

    @Override
    void report(Written done) throws IOException {
      long height = done.at().value();
      if (json) {
        print(
            object()
                .put("file", file.toString())
                .put("height", height)
                .put("block", done.hash().toHex())
                .put("entries", done.entries())
                .put("bytes", Files.size(file)));
        return;
      }
      say("%s: %d entries, %s", file, done.entries(), Money.bytes(Files.size(file)));
      say("block %d  %s", height, done.hash().toHex());
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
  static final class Import extends ImportVerb<Import.Taken> {
    @Option(
        names = "--block",
        paramLabel = "HASH",
        required = true,
        description = "hash of the block that you trust")
    String block = "";

    Import(Cli cli) {
      super(cli);
    }

    /// @param block whose state it is
    record Taken(Block block, long entries) {}

    @Override
    Taken take(InputStream in, long bytes, ProgressBar bar) throws Exception {
      Hash trusted = trusted();
      SnapshotFileReader reader = SnapshotFileReader.open(in);
      ChainFolder folder = folder();
      try (DataDirectory _ = folder.lock()) {
        long entries =
            SnapshotStart.importInto(
                folder.database(),
                folder.genesis(),
                reader,
                trusted,
                (height, done, total) -> bar.update("import", done, total, "block " + height),
                bytes);
        keepGenesis(folder);
        return new Taken(reader.snapshot().block(), entries);
      }
    }

    private Hash trusted() throws CliException {
      try {
        return new Hash(Bytes.fromHex(block));
      } catch (MalformedException | IllegalArgumentException e) {
        throw new CliException("not the hash of a block: " + block, "32 bytes in hex, after 0x");
      }
    }

    @Override
    void report(Taken done) {
      long height = done.block().height().value();
      Hash root = done.block().header().roots().state();
      if (json) {
        print(
            object()
                .put("height", height)
                .put("block", done.block().hash().toHex())
                .put("entries", done.entries())
                .put("state_root", root.toHex()));
        return;
      }
      say("%d entries have the state root of block %d, %s", done.entries(), height, root);
      say("the chain begins with that block; those before it are not here");
    }
  }
}
