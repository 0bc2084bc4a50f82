package org.bitcloud.node.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Consumer;
import org.bitcloud.market.Listening;
import org.bitcloud.market.Session;
import org.bitcloud.market.Wire;
import org.bitcloud.p2p.Multiaddr;
import org.bitcloud.p2p.PeerStream;
import org.bitcloud.p2p.TcpTransport;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// The market's wire over plain TCP streams.
public final class TcpWire implements Wire {
  private final TcpTransport transport;

  /// A wire over a transport, which stays the caller's to close.
  public TcpWire(TcpTransport transport) {
    this.transport = transport;
  }

  @Override
  public Session dial(Bytes endpoint, Duration timeout) throws IOException {
    return new StreamSession(transport.dial(address(endpoint), timeout));
  }

  @Override
  public Listening listen(Bytes endpoint, Consumer<Session> handler) throws IOException {
    var listening =
        transport.listen(address(endpoint), stream -> handler.accept(new StreamSession(stream)));
    return new Listening() {
      @Override
      public Bytes endpoint() {
        return listening.address().bytes();
      }

      @Override
      public void close() {
        listening.close();
      }
    };
  }

  private static Multiaddr address(Bytes endpoint) throws IOException {
    try {
      return Multiaddr.decode(endpoint);
    } catch (MalformedException e) {
      throw new IOException("endpoint is no multiaddr: " + e.getMessage(), e);
    }
  }

  /// One TCP stream as a session.
  private record StreamSession(PeerStream stream) implements Session {
    @Override
    public InputStream in() {
      return stream.in();
    }

    @Override
    public OutputStream out() {
      return stream.out();
    }

    @Override
    public void idleTimeout(Duration limit) {
      try {
        stream.readTimeout(limit);
      } catch (SocketException e) {
        stream.reset(); // the socket is gone already; reads say so
      }
    }

    @Override
    public String remote() {
      return stream.remote().tcp().map(target -> target.host()).orElse(stream.remote().toString());
    }

    @Override
    public void reset() {
      stream.reset();
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
