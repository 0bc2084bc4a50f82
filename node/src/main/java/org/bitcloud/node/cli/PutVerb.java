package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.bitcloud.market.renter.PutOptions;
import org.bitcloud.market.renter.PutResult;
import org.bitcloud.market.renter.PutSource;
import org.bitcloud.market.renter.Renter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `storage put`: stores a file.
@Command(
    name = "put",
    description = "Store a file with the providers; prints its id and its URL at the gateway.",
    footer = {
      "",
      "Examples:",
      "  bitcloud storage put video.mp4",
      "  bitcloud storage put --term 30d --budget 5 --private letter.pdf",
      "  tar c photos | bitcloud storage put - --name photos.tar"
    })
final class PutVerb extends StorageVerb {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("mkv", "video/x-matroska"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("wav", "audio/wav"),
          Map.entry("webp", "image/webp"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("md", "text/markdown"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  @Parameters(paramLabel = "FILE", description = "the file; - is standard input")
  String file = "";

  @Mixin Terms terms = new Terms();

  @Option(names = "--name", paramLabel = "NAME", description = "name to keep (default: the file's)")
  @Nullable String name;

  @Option(names = "--type", paramLabel = "TYPE", description = "media type (default: by the name)")
  @Nullable String type;

  PutVerb(Cli cli) {
    super(cli);
  }

  @Override
  void check() throws CliException {
    terms.options();
    if (file.equals("-")) {
      return;
    }
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      throw new CliException("no such file: " + file, "check the path");
    }
    if (Files.isDirectory(path)) {
      throw new CliException(
          file + " is a folder",
          "pack it: tar c " + file + " | bitcloud storage put - --name files.tar");
    }
    if (!Files.isReadable(path)) {
      throw new CliException("cannot read " + file, "check its owner and permissions");
    }
  }

  @Override
  void run(Renter renter, Target target) throws Exception {
    String kept = name != null ? name : nameOf(file);
    PutOptions options = terms.options().withName(kept, type != null ? type : typeOf(kept));
    PutSource source =
        file.equals("-") ? PutSource.stream(cli.in()) : PutSource.file(Path.of(file));
    PutResult result;
    try (ProgressBar bar = new ProgressBar(cli, json)) {
      result = renter.put(source, options, new TransferProgress(bar));
    }
    print(result, target, options.isPrivate());
  }

  private static String nameOf(String file) {
    if (file.equals("-")) {
      return "";
    }
    Path name = Path.of(file).getFileName();
    return name == null ? "" : name.toString();
  }

  private static String typeOf(String name) {
    int dot = name.lastIndexOf('.');
    String known = TYPES.get(dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    String guessed = URLConnection.guessContentTypeFromName(name);
    return guessed == null ? "application/octet-stream" : guessed;
  }

  private void print(PutResult result, Target target, boolean sealed) {
    String id = result.id().toHex();
    @Nullable String gateway = target.gateway().orElse(null);
    if (json) {
      ObjectNode line = object();
      line.put("id", id);
      line.put("url", gateway == null ? null : gateway + "/v1/objects/" + id);
      line.put("page", gateway == null ? null : gateway + "/v/" + id);
      line.put("sha256", result.sha256().toHex().substring(2))
          .put("bytes", result.bytes())
          .put("cost", Money.drops(result.cost()))
          .put("escrow", Money.drops(result.escrow()))
          .put("fees", Money.drops(result.fees()))
          .put("needed", result.erasure().dataShards())
          .put("shards", result.erasure().shards())
          .put("placed", result.shardsPlaced())
          .put("endWindow", result.endWindow())
          .put("private", sealed);
      result.warnings().forEach(line.putArray("warnings")::add);
      print(line);
      return;
    }
    say(
        "stored %s with %d providers; any %d suffice",
        Money.bytes(result.bytes()), result.shardsPlaced(), result.erasure().dataShards());
    say("id      %s%s", id, sealed ? "  (private)" : "");
    if (gateway != null && !sealed) {
      say("url     %s/v/%s", gateway, id);
      say("bytes   %s/v1/objects/%s", gateway, id);
    }
    say("sha256  %s", result.sha256().toHex().substring(2));
    say(
        "cost    %s: %s in escrow, %s in fees",
        Money.show(result.cost()), Money.show(result.escrow()), Money.show(result.fees()));
    result.warnings().forEach(warning -> cli.err().println("note: " + warning));
  }
}
