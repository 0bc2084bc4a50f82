package org.bitcloud.market;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// One end of a pair of pipes.
final class PipeSession implements Session {
  private final Pipe incoming;
  private final Pipe outgoing;
  private final String remote;

  PipeSession(Pipe incoming, Pipe outgoing, String remote) {
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.remote = remote;
  }

  @Override
  public InputStream in() {
    return incoming.reader();
  }

  @Override
  public OutputStream out() {
    return outgoing.writer();
  }

  @Override
  public void idleTimeout(Duration limit) {
    incoming.readTimeout(limit);
    outgoing.writeTimeout(limit);
  }

  @Override
  public String remote() {
    return remote;
  }

  @Override
  public void reset() {
    incoming.reset();
    outgoing.reset();
  }

  @Override
  public void close() {
    incoming.reset();
    outgoing.end();
  }
}
