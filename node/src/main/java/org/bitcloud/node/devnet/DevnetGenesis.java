package org.bitcloud.node.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.consensus.dev.DevEngineProvider;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.GenesisTemplate;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;

/// A devnet's own genesis: the embedded one with the time of its founding and its chain flags.
final class DevnetGenesis {
  private DevnetGenesis() {}

  /// Reads the genesis of a devnet's directory and compares the flags, or founds one with them.
  ///
  /// @throws ServiceException where a flag differs from what the chain was founded with
  static Genesis prepare(DevnetSettings settings, InstantSource clock)
      throws ServiceException, ConfigException {
    Path file = file(settings.directory());
    if (!Files.exists(file)) {
      found(file, settings, clock);
    }
    Genesis genesis = GenesisFile.read(file);
    if (!settings.engine().isEmpty() && !settings.engine().equals(genesis.engineId())) {
      throw differs(settings, "--engine " + settings.engine(), genesis.engineId());
    }
    require(
        settings, "--block-ms", settings.blockMillis(), genesis.engineParameters(), "blockMillis");
    require(
        settings,
        "--window-ms",
        settings.windowMillis(),
        genesis.corporations().getOrDefault("storage", new TreeMap<>()),
        "windowMillis");
    return genesis;
  }

  /// Where the genesis of a devnet is.
  static Path file(Path directory) {
    return directory.resolve("genesis.json");
  }

  private static void require(
      DevnetSettings settings,
      String flag,
      OptionalLong wanted,
      Map<String, String> parameters,
      String key)
      throws ServiceException {
    String founded = parameters.getOrDefault(key, "");
    if (wanted.isPresent() && !Long.toString(wanted.getAsLong()).equals(founded)) {
      throw differs(settings, flag + " " + wanted.getAsLong(), founded);
    }
  }

  private static ServiceException differs(DevnetSettings settings, String flag, String founded) {
    return new ServiceException(
        "%s: the chain in %s was founded with %s, which cannot change (choose another --dir, or delete this one to begin anew)"
            .formatted(flag, settings.directory(), founded));
  }

  private static void found(Path file, DevnetSettings settings, InstantSource clock)
      throws ServiceException, ConfigException {
    String engine = settings.engine().isEmpty() ? DevEngineProvider.ID : settings.engine();
    try {
      GenesisTemplate template = GenesisTemplate.of("devnet");
      template.beginAt(clock.millis());
      template.engine(
          engine,
          settings.blockMillis(),
          settings.windowMillis().orElse(DevnetSettings.WINDOW_MILLIS_DEFAULT));
      Path fresh = file.resolveSibling("genesis.json.tmp");
      Path _ = Files.write(fresh, template.encode());
      Path _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ServiceException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
