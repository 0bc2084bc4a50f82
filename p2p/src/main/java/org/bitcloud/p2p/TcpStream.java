package org.bitcloud.p2p;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// One TCP connection as a [PeerStream].
///
/// The socket is a blocking one: on a virtual thread a read or write that waits costs no carrier.
final class TcpStream implements PeerStream {
  // A write is cut into pieces of this size, so that a slow peer that does read is not taken for
  // one that does not.
  private static final int PIECE = 64 * 1024;

  private final Socket socket;
  private final Multiaddr local;
  private final Multiaddr remote;
  private final InputStream in;
  private final OutputStream out;
  private final ScheduledExecutorService scheduler;
  private final Runnable onEnd;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean writeClosed = new AtomicBoolean();
  private final AtomicReference<@Nullable Future<?>> deadline = new AtomicReference<>();
  // System.nanoTime when the piece in progress began, 0 while nobody writes.
  private volatile long pieceBegan;

  /// Takes ownership of a connected socket. `onEnd` runs once, when the stream has ended.
  TcpStream(Socket socket, ScheduledExecutorService scheduler, Runnable onEnd) throws IOException {
    this.socket = socket;
    this.scheduler = scheduler;
    this.onEnd = onEnd;
    socket.setTcpNoDelay(true); // frames are written whole; waiting for more would only delay them
    socket.setKeepAlive(true);
    this.in = socket.getInputStream();
    this.out = new Pieces(socket.getOutputStream());
    try {
      this.local = Multiaddr.ofTcp((InetSocketAddress) socket.getLocalSocketAddress());
      this.remote = Multiaddr.ofTcp((InetSocketAddress) socket.getRemoteSocketAddress());
    } catch (MalformedException e) {
      throw new IllegalStateException("a socket has no multiaddr", e);
    }
  }

  private final class Pieces extends OutputStream {
    private final OutputStream raw;

    Pieces(OutputStream raw) {
      this.raw = raw;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        for (int at = 0; at < length; at += PIECE) {
          pieceBegan = System.nanoTime() | 1; // never the 0 that means "nobody"
          raw.write(bytes, offset + at, Math.min(PIECE, length - at));
        }
      } finally {
        pieceBegan = 0;
      }
    }

    @Override
    public void close() throws IOException {
      closeWrite();
    }
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void closeWrite() throws IOException {
    if (!ended.get() && writeClosed.compareAndSet(false, true)) {
      socket.shutdownOutput();
    }
  }

  @Override
  public void readTimeout(Duration timeout) throws SocketException {
    long millis = timeout.isZero() ? 0 : Math.max(1, timeout.toMillis());
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, millis));
  }

  @Override
  public void deadline(Duration fromNow) {
    Future<?> next = scheduler.schedule(this::reset, fromNow.toNanos(), TimeUnit.NANOSECONDS);
    cancel(deadline.getAndSet(next));
    if (ended.get()) {
      cancel(deadline.getAndSet(null)); // it ended while we scheduled
    }
  }

  private static void cancel(@Nullable Future<?> task) {
    if (task != null) {
      boolean ignored = task.cancel(false);
    }
  }

  /// Resets the stream if one piece of a write has waited longer than `stallNanos`.
  void resetIfStalled(long nowNanos, long stallNanos) {
    long began = pieceBegan;
    if (began != 0 && nowNanos - began > stallNanos) {
      reset();
    }
  }

  @Override
  public Multiaddr remote() {
    return remote;
  }

  @Override
  public Multiaddr local() {
    return local;
  }

  @Override
  public void reset() {
    end(true);
  }

  @Override
  public void close() {
    end(false);
  }

  private void end(boolean abruptly) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    cancel(deadline.getAndSet(null));
    try {
      if (abruptly) {
        socket.setSoLinger(true, 0); // close then sends RST
      }
    } catch (SocketException e) {
      // The peer was faster: the connection has gone, which is what was asked for.
    }
    try {
      socket.close();
    } catch (IOException e) {
      // A socket that cannot be closed has been closed by the system; nothing is left to free.
    }
    onEnd.run();
  }

  @Override
  public String toString() {
    return "stream with " + remote;
  }
}
