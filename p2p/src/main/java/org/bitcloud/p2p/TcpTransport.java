package org.bitcloud.p2p;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens and accepts [PeerStream]s over plain TCP, one stream a connection.
///
/// Nothing is encrypted and no peer is authenticated: a `/p2p/ID` at the end of a dialled address
/// is not checked. Protocols above must sign what they rely on. Any thread may call any method.
public final class TcpTransport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

  private final ConnectionLimits limits;
  private final Semaphore outbound;
  private final InboundGate gate;
  private final Set<TcpStream> streams = ConcurrentHashMap.newKeySet();
  private final Set<TcpListening> listenings = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("p2p-", 0).factory());
  private final ScheduledExecutorService scheduler;
  private volatile boolean closed;

  /// A transport that holds `limits`; it opens no socket yet.
  public TcpTransport(ConnectionLimits limits) {
    this.limits = limits;
    this.outbound = new Semaphore(limits.outboundMax());
    this.gate = new InboundGate(limits.inboundMax(), limits.inboundPerIpMax());
    ScheduledThreadPoolExecutor one =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("p2p-timer").factory());
    one.setRemoveOnCancelPolicy(true);
    this.scheduler = one;
    if (!limits.stall().isZero()) {
      long period = Math.max(1, limits.stall().toNanos() / 4);
      var ignored =
          one.scheduleWithFixedDelay(this::resetStalled, period, period, TimeUnit.NANOSECONDS);
    }
  }

  private void resetStalled() {
    long now = System.nanoTime();
    for (TcpStream stream : streams) {
      stream.resetIfStalled(now, limits.stall().toNanos());
    }
  }

  /// Listens at `address`, which is an IP address with a TCP port (0 picks a free one), and serves
  /// every inbound stream with `handler`.
  ///
  /// @throws IOException when the address cannot be listened at, for example because the port is in
  ///   use; the message names the address
  public Listening listen(Multiaddr address, StreamHandler handler) throws IOException {
    Multiaddr.TcpTarget target = target(address);
    InetAddress host =
        switch (target.protocol()) {
          case IP4, IP6 -> InetAddress.ofLiteral(target.host());
          default -> throw new IOException("cannot listen at a name: " + address);
        };
    ServerSocket server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(host, target.port()), limits.backlog());
      TcpListening listening =
          new TcpListening(server, () -> accepting(server, handler), listenings::remove);
      listenings.add(listening);
      if (closed) {
        listening.close();
        throw new IOException("transport is closed");
      }
      threads.execute(listening);
      return listening;
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen at " + address + ": " + e.getMessage(), e);
    } catch (RejectedExecutionException e) {
      server.close();
      throw new IOException("transport is closed", e);
    }
  }

  private void accepting(ServerSocket server, StreamHandler handler) throws IOException {
    Socket socket = server.accept();
    InetAddress ip = socket.getInetAddress();
    if (!gate.enter(ip)) {
      LOG.debug("refused a connection from {}: too many are open", ip);
      abort(socket);
      return;
    }
    TcpStream stream;
    try {
      stream = register(socket, () -> gate.leave(ip));
    } catch (IOException e) {
      LOG.debug("lost a connection from {} while it was accepted: {}", ip, e.getMessage());
      return;
    }
    try {
      threads.execute(() -> serve(stream, handler));
    } catch (RejectedExecutionException e) {
      stream.reset();
    }
  }

  private static void serve(TcpStream stream, StreamHandler handler) {
    try {
      handler.handle(stream);
      stream.close();
    } catch (IOException e) {
      LOG.debug("{} failed: {}", stream, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a handler failed on {}", stream, e);
    } finally {
      stream.reset(); // nothing to do after close
    }
  }

  /// Opens a stream to `address`: a host, a TCP port and at most a peer id behind it. A name is
  /// resolved; its addresses are tried one after the other.
  ///
  /// @throws IOException when nobody answers within `timeout`, which covers all of it
  public PeerStream dial(Multiaddr address, Duration timeout) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    Multiaddr.TcpTarget target = target(address);
    if (closed) {
      throw new IOException("transport is closed");
    }
    if (!outbound.tryAcquire()) {
      throw new IOException("too many connections are open (" + limits.outboundMax() + ")");
    }
    Socket socket;
    try {
      List<InetAddress> hosts = new NameLookup(threads).resolve(target, end - System.nanoTime());
      socket = connect(hosts, target.port(), end);
    } catch (IOException e) {
      outbound.release();
      throw new IOException("cannot reach " + address + ": " + e.getMessage(), e);
    }
    return register(socket, outbound::release);
  }

  private static Socket connect(List<InetAddress> hosts, int port, long end) throws IOException {
    IOException last = new SocketTimeoutException("no answer in time");
    for (int i = 0; i < hosts.size(); i++) {
      // Each address gets an equal share of what is left, so that a dead first one leaves time.
      long millis = (end - System.nanoTime()) / 1_000_000 / (hosts.size() - i);
      if (millis <= 0) {
        break;
      }
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(hosts.get(i), port), (int) Math.min(Integer.MAX_VALUE, millis));
        return socket;
      } catch (IOException e) {
        last = e;
        socket.close();
      }
    }
    throw last;
  }

  // `onEnd` gives the slot back, also when this throws.
  private TcpStream register(Socket socket, Runnable onEnd) throws IOException {
    TcpStream[] self = new TcpStream[1];
    TcpStream stream;
    try {
      stream =
          new TcpStream(
              socket,
              scheduler,
              () -> {
                streams.remove(self[0]);
                onEnd.run();
              });
    } catch (IOException e) {
      socket.close();
      onEnd.run();
      throw e;
    }
    self[0] = stream;
    streams.add(stream);
    if (closed) {
      stream.reset();
      throw new IOException("transport is closed");
    }
    return stream;
  }

  private static Multiaddr.TcpTarget target(Multiaddr address) throws IOException {
    return address.tcp().orElseThrow(() -> new IOException("not a TCP address: " + address));
  }

  private static void abort(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.debug("a refused connection had gone already: {}", e.getMessage());
    }
  }

  /// How many streams are open.
  public int openStreams() {
    return streams.size();
  }

  /// Stops listening, resets every stream and waits for the handlers, at most as long as the limits
  /// say. Idempotent.
  @Override
  public void close() {
    closed = true;
    listenings.forEach(TcpListening::close);
    streams.forEach(TcpStream::reset);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(limits.close().toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("handlers of streams did not end within {}", limits.close());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Runnable> none = threads.shutdownNow();
    List<Runnable> timers = scheduler.shutdownNow();
    LOG.debug("closed with {} tasks and {} timers left", none.size(), timers.size());
  }
}
