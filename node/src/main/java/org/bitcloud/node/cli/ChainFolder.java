package org.bitcloud.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.node.ChainAccess;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.History;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.config.Setting;
import org.jspecify.annotations.Nullable;

/// Where a command finds the chain of a node that does not run.
///
/// @param node the node's folder
/// @param genesis its network
/// @param memoryBytes for the database's caches
/// @param history how much of the past the node keeps
record ChainFolder(Path node, Genesis genesis, long memoryBytes, History history) {
  private static final String GENESIS = "genesis.json";

  /// The folder of a node or of a devnet, which must hold a chain.
  static ChainFolder existing(Cli cli, Path directory) throws CliException, ConfigException {
    ChainFolder folder = of(cli, directory, null);
    if (!Files.isDirectory(folder.database())) {
      throw new CliException(
          "no chain in " + directory, "name a devnet's or node's folder with --dir");
    }
    return folder;
  }

  /// The folder of a node or of a devnet, which need not exist.
  ///
  /// @param genesisFile instead of what the folder's configuration says
  static ChainFolder of(Cli cli, Path directory, @Nullable Path genesisFile)
      throws ConfigException {
    Path validator = directory.resolve("validator");
    Path node = Files.isDirectory(validator) ? validator : directory;
    NodeConfig config = NodeConfig.load(node, cli.environment(), Map.of());
    return new ChainFolder(
        node,
        genesisFile != null ? GenesisFile.read(genesisFile) : genesis(directory, config),
        config.databaseBytes(),
        config.history());
  }

  /// The network of a node: what flag, variable or configuration name, else the folder's own
  /// genesis file, else a network that ships with the build.
  static Genesis genesis(Path directory, NodeConfig config) throws ConfigException {
    Optional<String> file = config.optional(Setting.GENESIS);
    if (file.isPresent()) {
      return GenesisFile.read(Path.of(file.get()));
    }
    Optional<Path> own = ownGenesis(directory);
    return own.isPresent()
        ? GenesisFile.read(own.get())
        : GenesisFile.embedded(config.text(Setting.NETWORK));
  }

  /// The genesis file in a node's folder, which counts where no setting names another.
  static Optional<Path> ownGenesis(Path directory) {
    return Optional.of(directory.resolve(GENESIS)).filter(Files::isRegularFile);
  }

  Path database() {
    return node.resolve("db");
  }

  /// Leaves a genesis file in the folder, where commands find it from now on.
  void keepGenesis(Path file) throws IOException {
    Path own = node.resolve(GENESIS);
    if (!Files.exists(own)) {
      Path _ = Files.copy(file, own);
    }
  }

  /// Keeps every other process out.
  DataDirectory lock() throws ServiceException {
    return DataDirectory.open(node);
  }

  /// Opens the chain, or begins one where there is none.
  ChainAccess open() throws ServiceException {
    return ChainAccess.open(database(), genesis, Optional.empty(), memoryBytes, history);
  }
}
