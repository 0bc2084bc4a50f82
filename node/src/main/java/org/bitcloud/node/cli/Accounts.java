package org.bitcloud.node.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.devnet.DevnetSettings;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.wallet.Keystore;
import org.bitcloud.primitives.wallet.WrongPasswordException;
import org.jspecify.annotations.Nullable;

/// Finds accounts by what the user calls them: a devnet account's number, `node:N`, an address, or
/// the name of a keystore file.
final class Accounts {
  private static final String SUFFIX = ".json";

  private final Cli cli;
  private final Path keystores;
  private final @Nullable Path passwordFile;

  /// @param user the user's folder, which holds `keystore`
  /// @param passwordFile its first line opens keystores; null to ask
  Accounts(Cli cli, Path user, @Nullable Path passwordFile) {
    this.cli = cli;
    this.keystores = user.resolve("keystore");
    this.passwordFile = passwordFile;
  }

  /// The folder of keystore files.
  Path folder() {
    return keystores;
  }

  /// The file of a keystore by its name.
  Path file(String name) throws CliException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new CliException(
          "not a name for an account: " + name, "letters, digits, dots and dashes");
    }
    return keystores.resolve(name + SUFFIX);
  }

  /// Keystores by name with their addresses.
  Map<String, Address> stored() throws IOException, CliException {
    Map<String, Address> found = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(keystores, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        found.put(name.substring(0, name.length() - SUFFIX.length()), address(file));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return found;
    }
    return found;
  }

  private static Address address(Path file) throws IOException, CliException {
    try {
      return Keystore.address(Files.readString(file));
    } catch (MalformedException e) {
      throw new CliException(file + " is no keystore: " + e.getMessage(), e);
    }
  }

  /// The address of an account; no password is needed.
  Address address(String reference) throws CliException, IOException {
    Optional<KeyPair> devnet = devnet(reference);
    if (devnet.isPresent()) {
      return devnet.get().address();
    }
    if (reference.startsWith("0x")) {
      return parse(reference);
    }
    return address(existing(reference));
  }

  /// The key of an account, for signing.
  KeyPair key(String reference) throws CliException, IOException {
    Optional<KeyPair> devnet = devnet(reference);
    if (devnet.isPresent()) {
      return devnet.get();
    }
    if (reference.startsWith("0x")) {
      Address wanted = parse(reference);
      for (Map.Entry<String, Address> entry : stored().entrySet()) {
        if (entry.getValue().equals(wanted)) {
          return open(file(entry.getKey()));
        }
      }
      for (int i = 0; i < DevnetKeys.USERS; i++) {
        if (DevnetKeys.user(i).address().equals(wanted)) {
          return DevnetKeys.user(i);
        }
      }
      throw new CliException(
          "no key for " + reference, "import it with: bitcloud wallet import NAME");
    }
    return open(existing(reference));
  }

  private static Optional<KeyPair> devnet(String reference) throws CliException {
    if (reference.matches("\\d{1,3}")) {
      int index = Integer.parseInt(reference);
      if (index >= DevnetKeys.USERS) {
        throw new CliException(
            "no devnet account " + index, "they are 0 to " + (DevnetKeys.USERS - 1));
      }
      return Optional.of(DevnetKeys.user(index));
    }
    if (reference.matches("node:\\d{1,3}")) {
      int index = Integer.parseInt(reference.substring(5));
      if (index <= DevnetSettings.PROVIDERS_MAX) {
        return Optional.of(DevnetKeys.node(index));
      }
    }
    return Optional.empty();
  }

  private static Address parse(String text) throws CliException {
    try {
      return Address.fromHex(text);
    } catch (MalformedException e) {
      throw new CliException("not an address: " + text + ": " + e.getMessage(), e);
    }
  }

  private Path existing(String reference) throws CliException {
    Path named = reference.contains("/") ? Path.of(reference) : file(reference);
    if (!Files.isRegularFile(named)) {
      throw new CliException(
          "no account \"" + reference + "\" in " + keystores,
          "see: bitcloud wallet list; make one with: bitcloud wallet create " + reference);
    }
    return named;
  }

  private KeyPair open(Path file) throws CliException, IOException {
    try {
      return Keystore.decrypt(
          Files.readString(file), password("Password of " + file.getFileName()));
    } catch (MalformedException e) {
      throw new CliException(file + " is no keystore: " + e.getMessage(), e);
    } catch (WrongPasswordException e) {
      throw new CliException("wrong password for " + file, e);
    }
  }

  /// The password: of the file given, of `BITCLOUD_PASSWORD`, or asked for.
  char[] password(String question) throws CliException, IOException {
    if (passwordFile != null) {
      try (BufferedReader lines = Files.newBufferedReader(passwordFile)) {
        String line = lines.readLine();
        return line == null ? new char[0] : line.toCharArray();
      }
    }
    @Nullable String set = cli.environment().get("BITCLOUD_PASSWORD");
    if (set != null) {
      return set.toCharArray();
    }
    @Nullable Console console = cli.terminal() ? System.console() : null;
    if (console == null) {
      throw new CliException(
          "a password is needed", "set BITCLOUD_PASSWORD or give --password-file FILE");
    }
    char @Nullable [] typed = console.readPassword("%s: ", question);
    return typed == null ? new char[0] : typed;
  }

  /// One line of the user's input, for instance a seed phrase that should not be in the history.
  String ask(String question) throws CliException, IOException {
    if (cli.terminal()) {
      cli.err().print(question + ": ");
      cli.err().flush();
    }
    String line =
        new BufferedReader(new InputStreamReader(cli.in(), StandardCharsets.UTF_8)).readLine();
    if (line == null || line.isBlank()) {
      throw new CliException("nothing was given on standard input");
    }
    return line.strip();
  }
}
