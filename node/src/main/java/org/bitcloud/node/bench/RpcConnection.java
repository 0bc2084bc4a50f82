package org.bitcloud.node.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One keep-alive connection with at most one request under way. Reads answers that state their
/// length, as a node's do.
final class RpcConnection implements AutoCloseable {
  private static final int ANSWER_MAX = 64 * 1024;
  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final RpcRequests source;
  private final ByteBuffer in = ByteBuffer.allocate(ANSWER_MAX);
  private long askedAt;

  /// @param source what to ask
  RpcConnection(SocketChannel channel, RpcRequests source) throws IOException {
    this.channel = channel;
    this.source = source;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  void register(Selector selector) throws IOException {
    SelectionKey _ = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /// Sends the next request, unless there is none left.
  boolean ask(long now) throws IOException {
    byte[] next = source.next();
    if (next == null) {
      return false;
    }
    askedAt = now;
    ByteBuffer out = ByteBuffer.wrap(next);
    while (out.hasRemaining()) { // far less than a socket's buffer, which is empty by now
      int _ = channel.write(out);
    }
    return true;
  }

  /// Tells of a result.
  void accepted() {
    source.accepted();
  }

  /// When the request under way was sent, in nanoseconds.
  long askedAt() {
    return askedAt;
  }

  /// The answer, or null as long as it is not here whole.
  @Nullable String read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the node closed the connection");
    }
    String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    if (body < 4) {
      return null;
    }
    int length = length(text.substring(0, body).toLowerCase(Locale.ROOT));
    if (body + length > ANSWER_MAX) {
      throw new IOException("an answer of " + length + " bytes is longer than expected");
    }
    if (text.length() < body + length) {
      return null;
    }
    in.clear();
    return text.substring(body);
  }

  private static int length(String head) throws IOException {
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("the node does not state the length of its answers");
    }
    int from = at + LENGTH.length();
    try {
      return Integer.parseInt(head.substring(from, head.indexOf("\r\n", from)).strip());
    } catch (NumberFormatException e) {
      throw new IOException("the node states no proper length of its answer", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
