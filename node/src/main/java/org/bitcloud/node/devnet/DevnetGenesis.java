package org.bitcloud.node.devnet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;

/// A devnet's own genesis: the embedded one with the time of its founding and its chain flags.
final class DevnetGenesis {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EMBEDDED = "genesis/devnet.json";

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
    require(
        settings, "--block-ms", settings.blockMillis(), genesis.engineParameters(), "blockMillis");
    require(
        settings,
        "--window-ms",
        settings.windowMillis(),
        genesis.engineParameters(),
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
      throw new ServiceException(
          "%s %d: the chain in %s was founded with %s, which cannot change (choose another --dir, or delete this one to begin anew)"
              .formatted(flag, wanted.getAsLong(), settings.directory(), founded));
    }
  }

  private static void found(Path file, DevnetSettings settings, InstantSource clock)
      throws ServiceException {
    String block = Long.toString(settings.blockMillis().orElse(0));
    String window =
        Long.toString(settings.windowMillis().orElse(DevnetSettings.WINDOW_MILLIS_DEFAULT));
    try (InputStream in =
        Optional.ofNullable(DevnetGenesis.class.getClassLoader().getResourceAsStream(EMBEDDED))
            .orElseThrow(() -> new IOException(EMBEDDED + " is not in this build"))) {
      ObjectNode root = (ObjectNode) JSON.readTree(in);
      root.put("timeMillis", clock.millis());
      root.withObject("/engine/parameters").put("blockMillis", block).put("windowMillis", window);
      root.withObject("/corporations/storage").put("windowMillis", window);
      Path fresh = file.resolveSibling("genesis.json.tmp");
      Path _ = Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
      Path _ = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ServiceException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
