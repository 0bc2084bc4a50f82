package org.bitcloud.node.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Optional;

/// The [Route.Quick] side of one connection: answers on the event loop, one flush for all requests
/// of a read.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class QuickAnswers {
  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final AsciiString NO_STORE = AsciiString.cached("no-store");

  private final HttpSettings settings;
  private final List<Route.Quick> routes;
  private boolean unflushed;

  QuickAnswers(HttpSettings settings, List<Route> routes) {
    this.settings = settings;
    this.routes =
        routes.stream().filter(Route.Quick.class::isInstance).map(Route.Quick.class::cast).toList();
  }

  /// Answers and releases the request, or leaves it as it is: one that is unusual in any way, and
  /// all of a client that does not read what it got.
  boolean answer(ChannelHandlerContext context, FullHttpRequest request) {
    if (routes.isEmpty() || !isUsual(request) || !context.channel().isWritable()) {
      return false;
    }
    for (Route.Quick route : routes) {
      if (request.uri().equals(route.path())
          && request.content().readableBytes() <= route.bodyMax()) {
        Optional<byte[]> body = route.handler().answer(ByteBufUtil.getBytes(request.content()));
        if (body.isPresent()) {
          request.release();
          write(context, body.get());
          return true;
        }
      }
    }
    return false;
  }

  private boolean isUsual(FullHttpRequest request) {
    return request.method().equals(HttpMethod.POST)
        && request.decoderResult().isSuccess()
        && HttpUtil.isKeepAlive(request)
        && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && HostCheck.allows(request.headers().get(HttpHeaderNames.HOST), settings.extraHosts());
  }

  private void write(ChannelHandlerContext context, byte[] body) {
    var headers = DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, JSON);
    headers.set(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    context.write(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            Unpooled.wrappedBuffer(body),
            headers,
            DefaultHttpHeadersFactory.trailersFactory().newHeaders()));
    unflushed = true;
  }

  /// Sends what was answered during a read.
  void flush(ChannelHandlerContext context) {
    if (unflushed) {
      unflushed = false;
      context.flush();
    }
  }
}
