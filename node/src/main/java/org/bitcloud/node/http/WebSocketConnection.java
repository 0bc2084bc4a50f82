package org.bitcloud.node.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One upgraded connection: reads a message, hands it to its listener, then reads the next.
///
/// What a client does not read is bounded twice. The next message is not taken before the client
/// has taken the earlier answers; and what is sent unasked, such as heads, may queue up to
/// [#BACKLOG_MAX] beyond the channel's own buffer, after which the client is cut off.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class WebSocketConnection extends SimpleChannelInboundHandler<WebSocketFrame>
    implements WebSocketSession {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
  private static final int MAX_MESSAGE = 5 * 1024 * 1024;

  /// Bytes that may be queued while the channel's buffer is full already.
  static final int BACKLOG_MAX = 1024 * 1024;

  /* Time for a client that was cut off to read why; then its buffers are dropped. */
  private static final int LAST_WORDS_SECONDS = 5;

  private final ChannelHandlerContext upgraded;
  private final ExecutorService requests;
  private final WebSocketEndpoint.Listener listener;
  private final Queue<String> waiting = new ArrayDeque<>();
  private final AtomicLong backlog = new AtomicLong();
  private final AtomicBoolean cutOff = new AtomicBoolean();
  private boolean busy;
  private boolean resumesWhenWritable;

  private WebSocketConnection(
      ChannelHandlerContext upgraded, WebSocketEndpoint endpoint, ExecutorService requests) {
    this.upgraded = upgraded;
    this.requests = requests;
    this.listener = endpoint.open(this);
  }

  static void upgrade(
      ChannelHandlerContext context,
      FullHttpRequest request,
      WebSocketEndpoint endpoint,
      ExecutorService requests) {
    var config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(MAX_MESSAGE)
            .allowExtensions(false)
            .build();
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(request.uri(), null, config).newHandshaker(request);
    if (handshaker == null) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      request.release();
      return;
    }
    var pipeline = context.pipeline();
    pipeline.remove("idle");
    pipeline.remove("body");
    handshaker
        .handshake(context.channel(), request)
        .addListener(
            done -> {
              request.release();
              if (!done.isSuccess()) {
                context.close();
                return;
              }
              pipeline.addLast("frames", new WebSocketFrameAggregator(MAX_MESSAGE));
              pipeline.addLast("socket", new WebSocketConnection(context, endpoint, requests));
              pipeline.remove("requests");
              context.channel().read();
            });
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame text -> deliver(context, text.text());
      case PingWebSocketFrame ping -> {
        context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        readOn(context);
      }
      case CloseWebSocketFrame close ->
          context.writeAndFlush(close.retain()).addListener(_ -> context.close());
      default -> readOn(context);
    }
  }

  /// Runs on the event loop: messages of one read wait here, and no further read is asked for.
  private void deliver(ChannelHandlerContext context, String text) {
    waiting.add(text);
    readOn(context);
  }

  private void readOn(ChannelHandlerContext context) {
    if (!busy) {
      next(context);
    }
  }

  private void next(ChannelHandlerContext context) {
    resumesWhenWritable = !context.channel().isWritable();
    if (resumesWhenWritable) {
      busy = true;
      return;
    }
    String text = waiting.poll();
    busy = text != null;
    if (text == null) {
      context.read();
      return;
    }
    try {
      requests.execute(
          () -> {
            try {
              listener.onText(text);
            } catch (RuntimeException e) { // thread root: one bad message costs its connection
              LOG.error("WebSocket message failed", e);
              context.close();
            }
            ConnectionThread.run(context.executor(), () -> next(context));
          });
    } catch (RejectedExecutionException e) { // the server is stopping
      context.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      backlog.set(0);
      if (resumesWhenWritable) {
        next(context);
      }
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void send(String text) {
    var channel = upgraded.channel();
    if (cutOff.get() || !channel.isActive()) {
      return;
    }
    var frame = new TextWebSocketFrame(text);
    int size = frame.content().readableBytes();
    if (!channel.isWritable() && backlog.getAndAdd(size) > BACKLOG_MAX) {
      frame.release();
      cutOff(channel);
      return;
    }
    channel.writeAndFlush(frame);
  }

  /// Says why and closes; a client that does not read even that is dropped with all it has queued.
  private void cutOff(Channel channel) {
    if (cutOff.getAndSet(true)) {
      return;
    }
    LOG.debug("closing a WebSocket that does not read");
    channel
        .writeAndFlush(
            new CloseWebSocketFrame(
                WebSocketCloseStatus.TRY_AGAIN_LATER, "reads too slowly: connect and ask again"))
        .addListener(_ -> channel.close());
    var timeout =
        channel.eventLoop().schedule(() -> channel.close(), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(_ -> timeout.cancel(false));
  }

  @Override
  public void close() {
    upgraded.channel().close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    listener.onClose();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("WebSocket closed: {}", cause.getMessage());
    context.close();
  }
}
