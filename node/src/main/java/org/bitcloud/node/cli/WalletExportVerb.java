package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `wallet export`: takes a key out, locked or bare.
@Command(
    name = "export",
    description = "Write a copy of an account's keystore, or its bare private key.",
    footer = {
      "",
      "Whoever has the bare key has the coins: it is written only to a new file of mode 0600.",
      "Examples:",
      "  bitcloud wallet export alice -o alice.json",
      "  bitcloud wallet export alice --raw -o alice.key"
    })
final class WalletExportVerb extends WalletVerbs {
  private static final String CONSENT = "yes";

  @Parameters(paramLabel = "NAME", description = "the account's name")
  String name = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "the new file")
  Path output = Path.of("");

  @Option(names = "--raw", description = "the bare private key, in hexadecimal")
  boolean raw;

  @Option(names = "--yes", description = "do not ask whether the bare key may be written")
  boolean yes;

  WalletExportVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    if (Files.exists(output)) {
      throw new CliException(output + " exists", "name a new file");
    }
    Accounts accounts = accounts();
    Address address = accounts.address(name);
    if (raw) {
      confirm(accounts);
      try (KeyPair key = accounts.key(name)) {
        SecretFile.write(output, key.privateKey().toHex() + "\n");
      }
    } else {
      SecretFile.write(output, keystore(accounts));
    }
    report(address);
  }

  private String keystore(Accounts accounts) throws Exception {
    Path file = accounts.file(name);
    if (!Files.isRegularFile(file)) {
      throw new CliException(
          "account \"" + name + "\" has no keystore", "with --raw its bare key is written");
    }
    return Files.readString(file);
  }

  private void confirm(Accounts accounts) throws Exception {
    if (yes) {
      return;
    }
    cli.err().println("Whoever reads the bare private key can spend everything it holds.");
    @Nullable String answer = accounts.ask("Write it to " + output + "? Type yes");
    if (!CONSENT.equals(answer)) {
      throw new CliException("nothing was written", "answer yes, or give --yes");
    }
  }

  private void report(Address address) {
    ObjectNode line =
        object()
            .put("account", name)
            .put("address", address.checksum())
            .put("file", output.toString())
            .put("kind", raw ? "raw" : "keystore");
    if (json) {
      print(line);
    } else {
      say("address  %s", address.checksum());
      say("%-8s %s", line.path("kind").asText(), output);
    }
  }
}
