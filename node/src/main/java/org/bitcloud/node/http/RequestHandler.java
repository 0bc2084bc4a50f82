package org.bitcloud.node.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the requests of one connection, one at a time, to their routes.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final int PIPELINED_MAX = 128;
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpSettings settings;
  private final List<Route> routes;
  private final ExecutorService requests;
  private final Writability writability = new Writability();
  private final Queue<FullHttpRequest> pipelined = new ArrayDeque<>();
  private final QuickAnswers quick;
  private boolean busy;
  private boolean resumesWhenWritable;

  RequestHandler(HttpSettings settings, List<Route> routes, ExecutorService requests) {
    super(false);
    this.settings = settings;
    this.routes = routes;
    this.requests = requests;
    this.quick = new QuickAnswers(settings, routes);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (!busy && !resumesWhenWritable) {
      if (!quick.answer(context, request)) {
        take(context, request);
      }
    } else if (pipelined.size() < PIPELINED_MAX) {
      pipelined.add(request); // of the same read: no further one is asked for while busy
    } else {
      request.release();
      context.close();
    }
  }

  private void take(ChannelHandlerContext context, FullHttpRequest request) {
    context.channel().config().setAutoRead(false);
    if (!request.decoderResult().isSuccess()) {
      refuse(context, request, 400, "malformed HTTP request");
      return;
    }
    if (!HostCheck.allows(request.headers().get(HttpHeaderNames.HOST), settings.extraHosts())) {
      refuse(context, request, 403, "this Host is not served here (DNS rebinding protection)");
      return;
    }
    String path = new QueryStringDecoder(request.uri()).path();
    boolean upgrade =
        request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    for (Route route : routes) {
      if (!route.fits(path)) {
        continue;
      }
      switch (route) {
        case Route.Socket socket when upgrade -> {
          WebSocketConnection.upgrade(context, request, socket.endpoint(), requests);
          return;
        }
        case Route.Socket _, Route.Quick _ -> {}
        case Route.Plain plain -> {
          serve(context, request, plain.handler());
          return;
        }
      }
    }
    refuse(context, request, 404, "nothing is served under " + path);
  }

  private void serve(ChannelHandlerContext context, FullHttpRequest request, HttpHandler handler) {
    busy = true;
    var exchange = new HttpExchange(context, request, writability);
    try {
      requests.execute(() -> run(context, request, exchange, handler));
    } catch (RejectedExecutionException e) { // the server is stopping
      request.release();
      context.close();
    }
  }

  private void run(
      ChannelHandlerContext context,
      FullHttpRequest request,
      HttpExchange exchange,
      HttpHandler handler) {
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    try {
      answer(exchange, handler);
    } catch (IOException e) {
      LOG.debug("connection lost: {}", e.getMessage());
      keepAlive = false;
    } finally {
      request.release();
      finish(context, keepAlive && exchange.answered());
    }
  }

  private static void answer(HttpExchange exchange, HttpHandler handler) throws IOException {
    try {
      handler.handle(exchange);
    } catch (HttpException e) {
      if (exchange.answered()) {
        throw new IOException(e.getMessage(), e);
      }
      exchange.respondText(e.status(), TEXT, e.getMessage() + "\n");
    } catch (RuntimeException e) { // thread root: a defect of ours must not take the server down
      LOG.error("request {} {} failed", exchange.method(), exchange.path(), e);
      if (exchange.answered()) {
        throw new IOException("failed half way", e);
      }
      exchange.respondText(500, TEXT, "internal error; the node's log has the details\n");
    }
  }

  private void finish(ChannelHandlerContext context, boolean keepAlive) {
    ConnectionThread.run(
        context.executor(),
        () -> {
          busy = false;
          if (keepAlive) {
            resume(context);
          } else {
            // An empty write completes after all earlier ones, so nothing is cut off.
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> context.close());
          }
        });
  }

  /// Goes on with the next request, but not before the client has taken the earlier answers:
  /// whoever asks without reading must not fill our memory.
  private void resume(ChannelHandlerContext context) {
    resumesWhenWritable = !context.channel().isWritable();
    if (resumesWhenWritable) {
      return;
    }
    FullHttpRequest next = pipelined.poll();
    if (next != null) {
      take(context, next);
    } else {
      context.channel().config().setAutoRead(true);
    }
  }

  private void refuse(
      ChannelHandlerContext context, FullHttpRequest request, int status, String text) {
    serve(
        context,
        request,
        _ -> {
          throw new HttpException(status, text);
        });
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    quick.flush(context);
    context.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    writability.changed();
    if (resumesWhenWritable) {
      resume(context);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    writability.closed();
    pipelined.forEach(FullHttpRequest::release);
    pipelined.clear();
    context.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && !busy) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("connection closed: {}", cause.getMessage());
    context.close();
  }
}
