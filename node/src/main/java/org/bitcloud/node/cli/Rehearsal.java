package org.bitcloud.node.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The main job once from end to end in one process: a devnet, a file stored, read and removed, and
/// the questions that users ask.
///
/// The launcher runs it after a build and has the virtual machine store what was loaded, linked and
/// often called (JEP 483, 514 and 515), so that every later command starts with that knowledge.
public final class Rehearsal {
  private static final int FILE_BYTES = 24 << 20;
  private static final int ROUNDS = 2;

  /// Whoever waits for the build must not wait for ever.
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final Path directory;

  private Rehearsal(Path directory) {
    this.directory = directory;
  }

  /// Rehearses in an empty directory, the only argument.
  ///
  /// Exit code 1 where a command failed.
  public static void main(String[] args) throws IOException, InterruptedException {
    Thread _ = Thread.ofPlatform().name("limit").daemon().start(Rehearsal::giveUpLate);
    int status = new Rehearsal(Path.of(args[0])).run();
    System.exit(status);
  }

  private static void giveUpLate() {
    try {
      Thread.sleep(LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }

  private int run() throws IOException, InterruptedException {
    Thread devnet;
    try (PipedOutputStream out = new PipedOutputStream();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8))) {
      PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
      devnet =
          Thread.ofPlatform()
              .name("devnet")
              .start(
                  () -> {
                    int _ =
                        call(print, "devnet", "--rpc-port", "0", "--gateway-port", "0", "--json");
                    print.close();
                  });
      if (lines.readLine() == null) {
        return 1;
      }
    }
    int failed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      failed += useStorage(round);
    }
    failed += call("devnet", "stop");
    devnet.join();
    failed += startNode();
    return failed == 0 ? 0 : 1;
  }

  // The end of its input stops it.
  private int startNode() {
    return call("node", "--account", "node:0", "--rpc-port", "0", "--end-with-stdin", "--json");
  }

  private int useStorage(int round) throws IOException, InterruptedException {
    Path file = directory.resolve("file-" + round);
    byte[] content = new byte[FILE_BYTES];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + round);
    }
    Path _ = Files.write(file, content);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int failed =
        call(
            new PrintStream(answer, true, StandardCharsets.UTF_8),
            "storage",
            "put",
            file.toString(),
            "--json");
    String json = answer.toString(StandardCharsets.UTF_8);
    String id = json.replaceAll("(?s).*\"id\":\"(0x[0-9a-f]{64})\".*", "$1").strip();
    String url = json.replaceAll("(?s).*\"url\":\"([^\"]*)\".*", "$1").strip();
    failed += call("storage", "get", id, "-o", directory.resolve("copy-" + round).toString());
    read(url);
    for (List<String> question :
        List.of(
            List.of("storage", "ls"),
            List.of("storage", "contracts"),
            List.of("storage", "providers"),
            List.of("storage", "rm", id),
            List.of("wallet", "balance"),
            List.of("wallet", "history"),
            List.of("devnet", "status"),
            List.of("devnet", "warp", "1"),
            List.of("chain", "info", "--json"),
            List.of("chain", "verify"))) {
      failed += call(question.toArray(String[]::new));
    }
    return failed;
  }

  private static void read(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient();
        InputStream body =
            http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofInputStream())
                .body()) {
      long _ = body.transferTo(OutputStream.nullOutputStream());
    }
  }

  private int call(String... command) {
    return call(new PrintStream(OutputStream.nullOutputStream()), command);
  }

  private int call(PrintStream out, String... command) {
    String[] full = Arrays.copyOf(command, command.length + 2);
    full[command.length] = "--dir";
    full[command.length + 1] = directory.resolve("devnet").toString();
    return Bitcloud.run(
        full,
        out,
        System.err,
        InputStream.nullInputStream(),
        Map.of("BITCLOUD_HOME", directory.resolve("home").toString()),
        false);
  }
}
