package org.bitcloud.p2p;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bitcloud.primitives.MalformedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening socket and its loop, which runs until [#close].
final class TcpListening implements Listening, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpListening.class);
  // When accepting fails, it is for want of file descriptors: a busy loop would not free any.
  private static final long PAUSE_MILLIS = 100;
  private static final long END_SECONDS = 2;

  private final ServerSocket server;
  private final Multiaddr address;
  private final Accept accept;
  private final Consumer<TcpListening> onClose;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean running;

  /// Accepts one connection and hands it on.
  interface Accept {
    void one() throws IOException;
  }

  TcpListening(ServerSocket server, Accept accept, Consumer<TcpListening> onClose) {
    this.server = server;
    this.accept = accept;
    this.onClose = onClose;
    try {
      this.address = Multiaddr.ofTcp((InetSocketAddress) server.getLocalSocketAddress());
    } catch (MalformedException e) {
      throw new IllegalStateException("a socket has no multiaddr", e);
    }
  }

  @Override
  public void run() {
    running = true;
    boolean open = true;
    try {
      while (open) {
        try {
          accept.one();
        } catch (IOException e) {
          open = pause(e);
        }
      }
    } finally {
      ended.countDown();
    }
  }

  private boolean pause(IOException cause) {
    if (server.isClosed()) {
      return false;
    }
    LOG.warn("cannot accept at {}: {}", address, cause.getMessage());
    try {
      return !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Multiaddr address() {
    return address;
  }

  @Override
  public void close() {
    closed.countDown();
    onClose.accept(this);
    try {
      server.close();
      // The port is free only when the accepting thread has let go of the socket.
      if (running && !ended.await(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the socket at {} is still in use", address);
      }
    } catch (IOException e) {
      LOG.warn("cannot close the socket at {}: {}", address, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
