package org.bitcloud.market.peer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.Wire;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.Protocol;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// Sector sessions for reading, kept open between requests. Safe for any number of threads.
public final class PeerPool implements AutoCloseable {
  private final Wire wire;
  private final PeerLimits limits;
  private final Map<Bytes, Deque<PeerSession>> idle = new HashMap<>();
  private boolean closed;

  /// A pool without sessions.
  public PeerPool(Wire wire, PeerLimits limits) {
    this.wire = wire;
    this.limits = limits;
  }

  /// One request for bytes that another thread can cancel.
  public final class Fetch {
    private final Bytes endpoint;
    private final Message request;
    private @Nullable PeerSession session;
    private boolean cancelled;

    private Fetch(Bytes endpoint, Message request) {
      this.endpoint = endpoint;
      this.request = request;
    }

    /// Sends the request and returns the bytes verified.
    ///
    /// A kept session that turns out to be dead is replaced once by a fresh one.
    ///
    /// @throws MarketException what the provider said, or that it cannot be reached
    public Bytes run() throws MarketException {
      @Nullable PeerSession kept = take(endpoint);
      if (kept != null) {
        try {
          return runOn(kept);
        } catch (MarketException e) {
          if (isCancelled() || !staleSession(e)) {
            throw e;
          }
        }
      }
      return runOn(PeerSession.open(wire, endpoint, Protocol.SECTOR, limits));
    }

    /// Breaks the request off; its thread gets an `UNREACHABLE`.
    public void cancel() {
      @Nullable PeerSession running;
      synchronized (this) {
        cancelled = true;
        running = session;
      }
      if (running != null) {
        running.reset();
      }
    }

    private Bytes runOn(PeerSession open) throws MarketException {
      begin(open);
      try {
        return open.fetch(request);
      } finally {
        synchronized (this) {
          session = null;
        }
        giveBack(endpoint, open);
      }
    }

    private void begin(PeerSession open) throws MarketException {
      synchronized (this) {
        if (!cancelled) {
          session = open;
          return;
        }
      }
      open.close();
      throw new MarketException(MarketError.UNREACHABLE, "cancelled");
    }

    private synchronized boolean isCancelled() {
      return cancelled;
    }
  }

  /// A request that is sent by [Fetch#run].
  public Fetch fetch(Bytes endpoint, Message request) {
    return new Fetch(endpoint, request);
  }

  /// Closes the sessions that nobody uses; those in use close when they are given back.
  @Override
  public void close() {
    Map<Bytes, Deque<PeerSession>> all;
    synchronized (idle) {
      closed = true;
      all = Map.copyOf(idle);
      idle.clear();
    }
    all.values().forEach(sessions -> sessions.forEach(PeerSession::close));
  }

  private static boolean staleSession(MarketException e) {
    return e.error() == MarketError.UNREACHABLE;
  }

  private @Nullable PeerSession take(Bytes endpoint) {
    synchronized (idle) {
      @Nullable Deque<PeerSession> sessions = idle.get(endpoint);
      return sessions == null ? null : sessions.pollLast();
    }
  }

  private void giveBack(Bytes endpoint, PeerSession session) {
    synchronized (idle) {
      Deque<PeerSession> sessions = idle.computeIfAbsent(endpoint, _ -> new ArrayDeque<>());
      if (!closed && session.isUsable() && sessions.size() < limits.idleSessions()) {
        sessions.addLast(session);
        return;
      }
    }
    session.close();
  }
}
