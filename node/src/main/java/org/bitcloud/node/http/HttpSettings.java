package org.bitcloud.node.http;

import java.time.Duration;
import java.util.Set;

/// Where an [HttpServer] listens and how much a client may ask of it.
///
/// @param host address to bind, `127.0.0.1` for loopback
/// @param port TCP port, 0 for any free one
/// @param maxBodyBytes largest request body; larger ones are answered with 413
/// @param maxConnections connections served at once; further ones are closed at accept
/// @param idle how long a connection may stay silent between requests
/// @param extraHosts names accepted in the `Host` header beside IP addresses and `localhost`
///   (everything else is refused, against DNS rebinding)
public record HttpSettings(
    String host,
    int port,
    int maxBodyBytes,
    int maxConnections,
    Duration idle,
    Set<String> extraHosts) {

  /// Loopback settings with the default limits: 5 MiB bodies, 1,024 connections, 75 s idle.
  public static HttpSettings loopback(int port) {
    return new HttpSettings(
        "127.0.0.1", port, 5 * 1024 * 1024, 1024, Duration.ofSeconds(75), Set.of());
  }
}
