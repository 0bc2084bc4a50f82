package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.control.ControlClient;
import org.bitcloud.node.control.ControlException;
import org.bitcloud.node.control.ControlFile;
import org.bitcloud.node.devnet.Devnet;
import org.jspecify.annotations.Nullable;

/// The network that a command talks to: found by `--rpc`, or by the directory of a devnet.
///
/// @param rpc JSON-RPC
/// @param gateway address of the gateway, empty where it is not known
/// @param user where the user's index, journals and keystores are
/// @param devnet the devnet's file, empty where the node was named by its address
record Target(URI rpc, Optional<String> gateway, Path user, Optional<JsonNode> devnet) {
  /// Time for a node to be restarted under a command that has begun.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// The ledger over the node's JSON-RPC.
  RpcLedger ledger() {
    return new RpcLedger(rpc, PATIENCE);
  }

  /// Resolves what the user said.
  ///
  /// @param directory `--dir`, null where it was not given
  /// @param rpc `--rpc`, null where it was not given
  static Target find(Cli cli, @Nullable Path directory, @Nullable String rpc)
      throws CliException, ControlException {
    Path devnetDirectory =
        directory != null ? directory.toAbsolutePath().normalize() : cli.home().resolve("devnet");
    Optional<JsonNode> running = ControlFile.read(devnetDirectory.resolve(Devnet.FILE));
    if (rpc == null) {
      JsonNode file = running.orElseThrow(() -> notRunning(devnetDirectory));
      return new Target(
          uri(file.path("rpc").asText()),
          Optional.of(file.path("gateway").asText()).filter(url -> !url.isEmpty()),
          devnetDirectory.resolve("user"),
          running);
    }
    URI url = uri(rpc);
    Optional<JsonNode> same =
        running.filter(file -> sameNode(uriOrNull(file.path("rpc").asText()), url));
    Optional<String> gateway =
        same.map(file -> file.path("gateway").asText())
            .or(() -> Optional.ofNullable(cli.environment().get("BITCLOUD_GATEWAY")));
    Path user =
        directory != null || same.isPresent()
            ? devnetDirectory.resolve("user")
            : cli.home().resolve("user");
    return new Target(url, gateway, user, same);
  }

  private static boolean sameNode(@Nullable URI left, URI right) {
    return left != null && left.getPort() == right.getPort() && isLocal(left) && isLocal(right);
  }

  private static boolean isLocal(URI url) {
    return url.getHost().equals("127.0.0.1") || url.getHost().equals("localhost");
  }

  static CliException notRunning(Path directory) {
    return new CliException(
        "no devnet runs in " + directory,
        "start one with: bitcloud devnet; or name another with --dir DIR or --rpc URL");
  }

  private static URI uri(String text) throws CliException {
    URI url = uriOrNull(text);
    if (url == null) {
      throw new CliException(
          "not the address of a node: " + text, "it looks like http://127.0.0.1:8545");
    }
    return url;
  }

  private static @Nullable URI uriOrNull(String text) {
    try {
      URI url = new URI(text);
      boolean usable =
          url.getHost() != null
              && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
      return usable ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /// The control port of the devnet.
  static ControlClient control(Path directory) throws CliException, ControlException {
    JsonNode file =
        ControlFile.read(directory.resolve(Devnet.FILE)).orElseThrow(() -> notRunning(directory));
    return new ControlClient(file.path("control").asText(), file.path("token").asText());
  }

  /// The control port of one node that runs in a directory; empty where none runs.
  static Optional<ControlClient> nodeControl(Path directory) throws ControlException {
    return ControlFile.read(directory.resolve("node.json"))
        .map(file -> new ControlClient(file.path("control").asText(), file.path("token").asText()));
  }
}
