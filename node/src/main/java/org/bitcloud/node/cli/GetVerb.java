package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.bitcloud.market.reader.StoredObject;
import org.bitcloud.market.renter.GetResult;
import org.bitcloud.market.renter.Renter;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `storage get`: fetches a file.
@Command(
    name = "get",
    description = "Fetch a stored file; every byte is checked on its way.",
    footer = {
      "",
      "Examples:",
      "  bitcloud storage get ID -o copy.mp4",
      "  bitcloud storage get ID -o - --offset 1000000 --length 4096 | xxd"
    })
final class GetVerb extends StorageVerb {
  @Parameters(paramLabel = "ID", description = "what put printed")
  String id = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to; - is standard output (default: its own name)")
  @Nullable String output;

  @Option(
      names = "--offset",
      paramLabel = "N",
      description = "first byte of a range; only with -o -")
  long offset;

  @Option(names = "--length", paramLabel = "N", description = "bytes of the range")
  @Nullable Long length;

  GetVerb(Cli cli) {
    super(cli);
  }

  @Override
  void check() throws CliException {
    Hash _ = id(id);
    if ((offset != 0 || length != null) && !"-".equals(output)) {
      throw new CliException("a range goes to standard output only", "add -o -");
    }
  }

  @Override
  void run(Renter renter, Target target) throws Exception {
    Hash hash = id(id);
    if ("-".equals(output)) {
      StoredObject object = renter.object(hash);
      long count = length != null ? length : Math.max(0, object.size() - offset);
      GetResult _ =
          renter.get(hash, offset, count, cli.out(), org.bitcloud.market.renter.Progress.NONE);
      cli.out().flush();
      return;
    }
    String own = output != null ? output : ownName(renter.object(hash));
    GetResult result;
    try (ProgressBar bar = new ProgressBar(cli, json)) {
      result = renter.get(hash, Path.of(own).toAbsolutePath(), new TransferProgress(bar));
    }
    if (json) {
      ObjectNode line =
          object()
              .put("id", hash.toHex())
              .put("file", own)
              .put("sha256", result.sha256().toHex().substring(2))
              .put("bytes", result.bytes())
              .put("resumedFrom", result.resumedFrom());
      result.warnings().forEach(line.putArray("warnings")::add);
      print(line);
    } else {
      say("%s written to %s", Money.bytes(result.bytes() + result.resumedFrom()), own);
      say("sha256  %s", result.sha256().toHex().substring(2));
      result.warnings().forEach(warning -> cli.err().println("note: " + warning));
    }
  }

  // The name came from whoever stored the object: only its last part, and no hidden file.
  private static String ownName(StoredObject object) {
    Path last = Path.of(object.name().replace('\\', '/').replace('\0', '_')).getFileName();
    String name = last == null ? "" : last.toString();
    return name.isBlank() || name.startsWith(".") ? object.id().toHex() : name;
  }
}
