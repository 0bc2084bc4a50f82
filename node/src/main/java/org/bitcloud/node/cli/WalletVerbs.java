package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.wallet.DerivationPath;
import org.bitcloud.primitives.wallet.KeyDerivation;
import org.bitcloud.primitives.wallet.Keystore;
import org.bitcloud.primitives.wallet.Mnemonic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Verbs of `wallet` that keep keys; they need no network.
abstract class WalletVerbs extends Verb {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "its first line locks the keystore (else BITCLOUD_PASSWORD, or a question)")
  @Nullable Path passwordFile;

  WalletVerbs(Cli cli) {
    super(cli);
  }

  Accounts accounts() {
    return new Accounts(cli, directory().resolve("user"), passwordFile);
  }

  void keep(String name, KeyPair key, SecureRandom random) throws CliException, IOException {
    Accounts accounts = accounts();
    Path file = accounts.file(name);
    if (Files.exists(file)) {
      throw new CliException("account \"" + name + "\" exists: " + file, "choose another name");
    }
    char[] password = accounts.password("Password for the new keystore");
    String text = Keystore.encrypt(key, password, KeyDerivation.Scrypt.STANDARD, random);
    Path _ = Files.createDirectories(accounts.folder());
    SecretFile.write(file, text);
    if (json) {
      print(
          object()
              .put("name", name)
              .put("address", key.address().checksum())
              .put("keystore", file.toString()));
    } else {
      say("account  %s", name);
      say("address  %s", key.address().checksum());
      say("keystore %s", file);
    }
  }

  /// Makes a key.
  @Command(
      name = "create",
      description = "Make an account: a seed phrase, and its key in a keystore file.",
      footer = {"", "Example:", "  bitcloud wallet create alice"})
  static final class Create extends WalletVerbs {
    private static final int WORDS = 12;

    @Parameters(paramLabel = "NAME", description = "how you call it")
    String name = "";

    Create(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      SecureRandom random = new org.bitcloud.node.wiring.Assembly().random();
      Mnemonic mnemonic = Mnemonic.generate(random, WORDS);
      keep(name, mnemonic.derive(DerivationPath.ethereum(0, 0)), random);
      cli.err()
          .println(
              "Write the seed phrase down; it is shown only now, and it restores the account:");
      cli.err().println("  " + mnemonic.phrase());
    }
  }

  /// Takes in a key from elsewhere.
  @Command(
      name = "import",
      description =
          "Take in a seed phrase, a private key or a keystore file, read from standard input or a"
              + " file.",
      footer = {
        "",
        "Examples:",
        "  bitcloud wallet import alice < phrase.txt",
        "  bitcloud wallet import alice --keystore UTC--2026...json"
      })
  static final class Import extends WalletVerbs {
    @Parameters(paramLabel = "NAME", description = "how you call it")
    String name = "";

    @Option(
        names = "--keystore",
        paramLabel = "FILE",
        description = "a keystore V3 file, kept under its password")
    @Nullable Path keystore;

    @Option(
        names = "--path",
        paramLabel = "PATH",
        description = "derivation path for a seed phrase (default: m/44'/60'/0'/0/0)")
    String path = "m/44'/60'/0'/0/0";

    Import(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      SecureRandom random = new org.bitcloud.node.wiring.Assembly().random();
      if (keystore == null) {
        keep(name, typed(accounts().ask("Seed phrase or private key")), random);
        return;
      }
      Accounts accounts = accounts();
      char[] password = accounts.password("Password of " + keystore);
      try {
        keep(name, Keystore.decrypt(Files.readString(keystore), password), random);
      } catch (org.bitcloud.primitives.wallet.WrongPasswordException e) {
        throw new CliException("wrong password for " + keystore, e);
      }
    }

    private KeyPair typed(String text) throws CliException {
      try {
        return text.startsWith("0x") || text.matches("[0-9a-fA-F]{64}")
            ? KeyPair.fromHex(text.startsWith("0x") ? text : "0x" + text)
            : Mnemonic.parse(text).derive(DerivationPath.parse(path));
      } catch (MalformedException | IllegalArgumentException e) {
        // The message must not repeat what was typed: it is a secret.
        throw new CliException(
            "neither a seed phrase nor a private key",
            "12 to 24 words of the English list, or 64 hex digits");
      }
    }
  }

  /// Shows the accounts there are.
  @Command(name = "list", description = "List the accounts: keystores, and those of the devnet.")
  static final class ListAccounts extends WalletVerbs {
    ListAccounts(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      accounts()
          .stored()
          .forEach(
              (name, address) ->
                  array
                      .addObject()
                      .put("account", name)
                      .put("address", address.checksum())
                      .put("kind", "keystore"));
      for (int i = 0; i < DevnetKeys.USERS; i++) {
        array
            .addObject()
            .put("account", Integer.toString(i))
            .put("address", DevnetKeys.user(i).address().checksum())
            .put("kind", "devnet");
      }
      if (json) {
        print(array);
        return;
      }
      array.forEach(
          each ->
              say(
                  "%-12s %s  %s",
                  each.path("account").asText(),
                  each.path("address").asText(),
                  each.path("kind").asText()));
    }
  }
}
