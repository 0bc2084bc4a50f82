package org.bitcloud.node.cli;

import java.nio.file.Path;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.GenesisCheck;
import org.bitcloud.node.GenesisFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Verbs of `genesis`: files from which networks are founded.
abstract class GenesisVerbs extends Verb {
  @Parameters(paramLabel = "FILE", description = "the genesis file")
  String file = "";

  GenesisVerbs(Cli cli) {
    super(cli);
  }

  Genesis read() throws Exception {
    return GenesisFile.read(Path.of(file));
  }

  /// Says what a network is known by.
  @Command(
      name = "hash",
      description = "Print the hash that names the network: all its nodes must have the same.",
      footer = {"", "Example:", "  bitcloud genesis hash genesis.json"})
  static final class PrintHash extends GenesisVerbs {
    PrintHash(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      Genesis genesis = read();
      String hash = genesis.genesisHash().toHex();
      if (json) {
        print(object().put("chainId", genesis.chainId()).put("genesisHash", hash));
      } else {
        say("%s", hash);
      }
    }
  }

  /// Looks for mistakes before a network is founded.
  @Command(
      name = "validate",
      description = "Check a genesis file: form, engine, validators, corporations, first state.",
      footer = {"", "Example:", "  bitcloud genesis validate genesis.json"})
  static final class Validate extends GenesisVerbs {
    Validate(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      Genesis genesis = read();
      GenesisCheck.check(genesis);
      if (json) {
        print(
            object()
                .put("valid", true)
                .put("chainId", genesis.chainId())
                .put("genesisHash", genesis.genesisHash().toHex())
                .put("engine", genesis.engineId())
                .put("validators", genesis.validators().size())
                .put("allocations", genesis.allocations().size()));
        return;
      }
      say("chain      %d, engine %s", genesis.chainId(), genesis.engineId());
      say("hash       %s", genesis.genesisHash().toHex());
      say(
          "founds     %d validators, %d accounts, %d corporations",
          genesis.validators().size(), genesis.allocations().size(), genesis.corporations().size());
      say("ok: a network can be founded with it");
    }
  }
}
