package org.bitcloud.node.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/// The body of a streamed answer; counts its bytes and blocks while the client does not read.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class ResponseStream extends OutputStream {
  private static final int CHUNK = 64 * 1024;

  private final ChannelHandlerContext channel;
  private final Writability writability;
  private final boolean discards;
  private long left;
  private boolean closed;

  ResponseStream(
      ChannelHandlerContext channel, Writability writability, long length, boolean discards) {
    this.channel = channel;
    this.writability = writability;
    this.left = length;
    this.discards = discards;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (discards) {
      return;
    }
    if (length > left) {
      throw new IOException("answer is longer than its announced length");
    }
    for (int done = 0; done < length; ) {
      int step = Math.min(CHUNK, length - done);
      writability.await(channel.channel());
      channel.writeAndFlush(
          new DefaultHttpContent(Unpooled.copiedBuffer(bytes, offset + done, step)));
      done += step;
      left -= step;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (left == 0) {
      channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    } else {
      channel.close();
    }
  }
}
