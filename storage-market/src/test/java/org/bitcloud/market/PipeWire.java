package org.bitcloud.market;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bitcloud.primitives.Bytes;

/// A wire in memory: pairs of bounded pipes, so a slow reader holds its writer back, and faults on
/// demand. Endpoints are names; an empty one picks a free name.
public final class PipeWire implements Wire {
  private static final int PIPE_BYTES = 128 * 1024;

  private final Map<Bytes, Acceptor> acceptors = new ConcurrentHashMap<>();
  private final Map<Bytes, Fault> faults = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();

  /// What goes wrong with sessions to an endpoint.
  ///
  /// @param cutAfter bytes in either direction after which a session breaks; negative for never
  /// @param flipAt position of a byte on its way to the renter that gets damaged; negative for none
  /// @param times for how many sessions
  public record Fault(long cutAfter, long flipAt, AtomicInteger times) {
    /// Breaks the next sessions after so many bytes.
    public static Fault cut(long bytes, int sessions) {
      return new Fault(bytes, -1, new AtomicInteger(sessions));
    }

    /// Damages one byte of the next sessions.
    public static Fault flip(long position, int sessions) {
      return new Fault(-1, position, new AtomicInteger(sessions));
    }
  }

  private record Acceptor(Consumer<Session> handler, Set<PipeSession> sessions) {}

  /// Lets sessions to an endpoint go wrong.
  public void fault(Bytes endpoint, Fault fault) {
    faults.put(endpoint, fault);
  }

  /// Whether anybody listens at an endpoint.
  public boolean isBound(Bytes endpoint) {
    return acceptors.containsKey(endpoint);
  }

  @Override
  public Session dial(Bytes endpoint, Duration timeout) throws IOException {
    Acceptor acceptor = acceptors.get(endpoint);
    if (acceptor == null) {
      throw new IOException("connection refused");
    }
    Fault fault = takeFault(endpoint);
    Pipe there = new Pipe(PIPE_BYTES, fault == null ? -1 : fault.cutAfter(), -1);
    Pipe back =
        new Pipe(
            PIPE_BYTES, fault == null ? -1 : fault.cutAfter(), fault == null ? -1 : fault.flipAt());
    PipeSession provider = new PipeSession(there, back, "pipe");
    acceptor.sessions().add(provider);
    Thread.ofVirtual()
        .name("session")
        .start(
            () -> {
              try (provider) {
                acceptor.handler().accept(provider);
              } finally {
                acceptor.sessions().remove(provider);
              }
            });
    return new PipeSession(back, there, "provider");
  }

  @Override
  public Listening listen(Bytes endpoint, Consumer<Session> handler) throws IOException {
    Bytes name = endpoint.isEmpty() ? Bytes.ofUtf8("pipe-" + names.incrementAndGet()) : endpoint;
    Acceptor acceptor = new Acceptor(handler, ConcurrentHashMap.newKeySet());
    if (acceptors.putIfAbsent(name, acceptor) != null) {
      throw new IOException("address already in use");
    }
    return new Listening() {
      @Override
      public Bytes endpoint() {
        return name;
      }

      @Override
      public void close() {
        acceptors.remove(name, acceptor);
        acceptor.sessions().forEach(Session::reset);
      }
    };
  }

  private Fault takeFault(Bytes endpoint) {
    Fault fault = faults.get(endpoint);
    return fault != null && fault.times().getAndDecrement() > 0 ? fault : null;
  }
}
