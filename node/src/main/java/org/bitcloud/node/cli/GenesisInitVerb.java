package org.bitcloud.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.GenesisTemplate;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `genesis init`: the file that founds a new network.
@Command(
    name = "init",
    description = "Write the genesis of a new network to a new file.",
    footer = {
      "",
      "Fees, limits and corporations are those of the network it is made from; its keys and coins",
      "are not taken over. A network begins at the time of this command.",
      "Example:",
      "  bitcloud genesis init --chain-id 777001 --engine poa --validator validator.key \\",
      "      --alloc 0xADDRESS=1000000 -o genesis.json"
    })
final class GenesisInitVerb extends Verb {
  private static final int KEY_FILE_MAX = 1_024;

  @Option(
      names = "--network-from",
      paramLabel = "NAME",
      description = "a network that ships with the build (default: devnet)")
  String network = "devnet";

  @Option(
      names = "--chain-id",
      paramLabel = "N",
      required = true,
      description = "number that no other network has; it protects signatures from replay")
  long chainId;

  @Option(
      names = "--engine",
      paramLabel = "E",
      description = "consensus engine: dev, poa or pow (default: poa)")
  String engine = "poa";

  @Option(
      names = "--block-ms",
      paramLabel = "N",
      description = "a block every N ms (default: 1000; dev: 0, when there is a transaction)")
  @Nullable Long blockMillis;

  @Option(
      names = "--window-ms",
      paramLabel = "N",
      description = "length of a storage window (default: 20000)")
  long windowMillis = 20_000;

  @Option(
      names = "--validator",
      paramLabel = "KEY",
      required = true,
      description = "public key, or a file that bitcloud keygen wrote; may be repeated")
  List<String> validators = List.of();

  @Option(
      names = "--alloc",
      paramLabel = "ADDRESS=CLD",
      description = "cloudcoins that an account begins with; may be repeated")
  List<String> allocations = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "the new file")
  Path file = Path.of("");

  GenesisInitVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    if (chainId == DevnetKeys.CHAIN_ID) {
      throw new CliException(
          "chain " + chainId + " is every devnet, whose keys everybody knows",
          "choose another --chain-id");
    }
    GenesisTemplate template = GenesisTemplate.of(network);
    template.beginAt(new Assembly().clock().millis());
    OptionalLong block = blockMillis == null ? OptionalLong.empty() : OptionalLong.of(blockMillis);
    template.engine(engine, block, windowMillis);
    template.found(chainId, keys(), coins());
    Genesis wanted = template.check();
    try (NewFile written = NewFile.at(file.toAbsolutePath())) {
      written.out().write(template.encode());
      written.complete();
    }
    Genesis founded = GenesisFile.read(file);
    if (!founded.equals(wanted)) {
      throw new CliException(file + " does not read as it was written", "check the disk");
    }
    report(founded);
  }

  private void report(Genesis founded) {
    String hash = founded.genesisHash().toHex();
    if (json) {
      print(
          object()
              .put("file", file.toString())
              .put("chainId", chainId)
              .put("genesisHash", hash)
              .put("engine", engine)
              .put("validators", founded.validators().size())
              .put("allocations", founded.allocations().size()));
      return;
    }
    say("file       %s", file);
    say("chain      %d, engine %s", chainId, engine);
    say("hash       %s", hash);
    say("start with bitcloud node --genesis %s --account VALIDATOR", file);
  }

  private List<Bytes> keys() throws CliException, IOException {
    List<Bytes> keys = new ArrayList<>();
    for (String text : validators) {
      Bytes key = text.startsWith("0x") ? publicKey(text) : ofFile(Path.of(text));
      refuseKnown(Address.ofPublicKey(key), "--validator " + text);
      if (keys.contains(key)) {
        throw new CliException("--validator " + text + " is there twice", "give each key once");
      }
      keys.add(key);
    }
    return keys;
  }

  private static Bytes publicKey(String text) throws CliException {
    try {
      Bytes key = Bytes.fromHex(text);
      if (key.size() == 64) {
        return key;
      }
    } catch (MalformedException e) {
      throw new CliException("--validator " + text + ": " + e.getMessage(), e);
    }
    throw new CliException(
        "--validator " + text + " is no public key of 64 bytes", "bitcloud keygen prints one");
  }

  private static Bytes ofFile(Path file) throws CliException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.size(file) <= KEY_FILE_MAX) {
      try (KeyPair pair = KeyPair.fromHex(Files.readString(file).strip())) {
        return pair.publicKey();
      } catch (MalformedException | IllegalArgumentException e) {
        throw noKey(file);
      }
    }
    throw noKey(file);
  }

  private static CliException noKey(Path file) {
    return new CliException(
        "--validator " + file + " is no key that bitcloud keygen wrote",
        "give the public key instead");
  }

  private Map<Address, Amount> coins() throws CliException {
    Map<Address, Amount> coins = new LinkedHashMap<>();
    for (String text : allocations) {
      int sign = text.indexOf('=');
      if (sign < 0) {
        throw new CliException("--alloc " + text + " is not of the form ADDRESS=CLD");
      }
      try {
        Address account = Address.fromHex(text.substring(0, sign));
        refuseKnown(account, "--alloc " + text);
        if (coins.put(account, Amount.parseCloudcoins(text.substring(sign + 1))) != null) {
          throw new CliException("--alloc " + text + ": the account is there twice");
        }
      } catch (MalformedException e) {
        throw new CliException("--alloc " + text + ": " + e.getMessage(), e);
      }
    }
    return coins;
  }

  private static void refuseKnown(Address account, String flag) throws CliException {
    if (DevnetKeys.areKnown(account)) {
      throw new CliException(
          flag + " is a devnet key that everybody knows", "make your own with: bitcloud keygen");
    }
  }
}
