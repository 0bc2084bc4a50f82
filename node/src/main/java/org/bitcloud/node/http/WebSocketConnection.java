package org.bitcloud.node.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One upgraded connection: reads a message, hands it to its listener, then reads the next.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class WebSocketConnection extends SimpleChannelInboundHandler<WebSocketFrame>
    implements WebSocketSession {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
  private static final int MAX_MESSAGE = 5 * 1024 * 1024;

  private final ChannelHandlerContext upgraded;
  private final ExecutorService requests;
  private final WebSocketEndpoint.Listener listener;
  private final Queue<String> waiting = new ArrayDeque<>();
  private boolean busy;

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
        readMore(context);
      }
      case CloseWebSocketFrame close ->
          context.writeAndFlush(close.retain()).addListener(_ -> context.close());
      default -> readMore(context);
    }
  }

  /// Runs on the event loop: messages of one read wait here, and no further read is asked for.
  private void deliver(ChannelHandlerContext context, String text) {
    waiting.add(text);
    if (!busy) {
      next(context);
    }
  }

  private void readMore(ChannelHandlerContext context) {
    if (!busy) {
      context.read();
    }
  }

  private void next(ChannelHandlerContext context) {
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
            context.executor().execute(() -> next(context));
          });
    } catch (RejectedExecutionException e) { // the server is stopping
      context.close();
    }
  }

  @Override
  public void send(String text) {
    var channel = upgraded.channel();
    if (!channel.isWritable()) {
      LOG.debug("closing a WebSocket that does not read");
      channel.close();
      return;
    }
    channel.writeAndFlush(new TextWebSocketFrame(text));
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
