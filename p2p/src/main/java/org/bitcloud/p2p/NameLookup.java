package org.bitcloud.p2p;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Resolves the host of an address within a bound of time, which the system's resolver has not.
final class NameLookup {
  private static final int ADDRESSES_MAX = 8; // more would only cut each one's time

  private final ExecutorService threads;

  NameLookup(ExecutorService threads) {
    this.threads = threads;
  }

  /// The IP addresses of `target`, at least one.
  List<InetAddress> resolve(Multiaddr.TcpTarget target, long nanosMax) throws IOException {
    return switch (target.protocol()) {
      case IP4, IP6 -> List.of(InetAddress.ofLiteral(target.host()));
      case DNS4 -> ofKind(lookUp(target.host(), nanosMax), Inet4Address.class, target.host());
      case DNS6 -> ofKind(lookUp(target.host(), nanosMax), Inet6Address.class, target.host());
      default -> ofKind(lookUp(target.host(), nanosMax), InetAddress.class, target.host());
    };
  }

  private static List<InetAddress> ofKind(
      InetAddress[] found, Class<? extends InetAddress> kind, String host) throws IOException {
    List<InetAddress> fitting =
        Arrays.stream(found).filter(kind::isInstance).limit(ADDRESSES_MAX).toList();
    if (fitting.isEmpty()) {
      throw new UnknownHostException("no address of the wanted kind: " + host);
    }
    return fitting;
  }

  private InetAddress[] lookUp(String host, long nanosMax) throws IOException {
    Future<InetAddress[]> lookup;
    try {
      lookup = threads.submit(() -> InetAddress.getAllByName(host));
    } catch (RejectedExecutionException e) {
      throw new IOException("transport is closed", e);
    }
    try {
      return lookup.get(nanosMax, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new UnknownHostException("unknown host " + host);
    } catch (TimeoutException e) {
      throw new IOException("no answer from the name service in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while resolving " + host);
    } finally {
      boolean ignored = lookup.cancel(true);
    }
  }
}
