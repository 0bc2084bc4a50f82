package org.bitcloud.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// TCP ports on loopback that nobody used a moment ago.
///
/// Somebody else may take one before it is bound: where the code under test can bind port 0 itself,
/// that is better.
public final class FreePorts {
  private FreePorts() {}

  /// One free port.
  public static int one() {
    return distinct(1)[0];
  }

  /// Several free ports, all different.
  public static int[] distinct(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      int[] ports = new int[count];
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        ports[i] = socket.getLocalPort();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      held.forEach(FreePorts::release);
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
