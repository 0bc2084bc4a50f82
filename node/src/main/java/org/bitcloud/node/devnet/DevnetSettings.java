package org.bitcloud.node.devnet;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bitcloud.node.config.NodeConfig;

/// What a `devnet` command asks for.
///
/// @param directory everything is below it
/// @param rpcPort port of JSON-RPC, 0 for a free one
/// @param gatewayPort port of the gateway, 0 for a free one
/// @param providers how many; empty for those that the directory has, else 6
/// @param engine the consensus engine; blank for what the directory has, else `dev`
/// @param blockMillis a block every so often, 0 on demand; empty for what the directory has, else
///   what suits the engine
/// @param windowMillis length of a storage window; empty for what the directory has, else 20,000
/// @param processes whether every node gets a process of its own
/// @param config the other settings of its nodes
public record DevnetSettings(
    Path directory,
    int rpcPort,
    int gatewayPort,
    OptionalInt providers,
    String engine,
    OptionalLong blockMillis,
    OptionalLong windowMillis,
    boolean processes,
    NodeConfig config) {
  /// Providers by default.
  public static final int PROVIDERS_DEFAULT = 6;

  /// The genesis funds the keys of so many.
  public static final int PROVIDERS_MAX = 63;

  /// Length of a window by default.
  public static final long WINDOW_MILLIS_DEFAULT = 20_000;
}
