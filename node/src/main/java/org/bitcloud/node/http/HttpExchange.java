package org.bitcloud.node.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request and the means to answer it; used by one virtual thread.
///
/// Exactly one of the `respond` methods is to be called.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
public final class HttpExchange {
  private final ChannelHandlerContext channel;
  private final FullHttpRequest request;
  private final Writability writability;
  private final QueryStringDecoder uri;
  private boolean answered;

  HttpExchange(ChannelHandlerContext channel, FullHttpRequest request, Writability writability) {
    this.channel = channel;
    this.request = request;
    this.writability = writability;
    this.uri = new QueryStringDecoder(request.uri());
  }

  /// The request method, such as `GET`.
  public String method() {
    return request.method().name();
  }

  /// Whether only the headers are wanted.
  public boolean isHead() {
    return request.method().equals(HttpMethod.HEAD);
  }

  /// The decoded path without the query.
  public String path() {
    return uri.path();
  }

  /// The first value of a query parameter.
  public Optional<String> query(String name) {
    List<String> values = uri.parameters().get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  /// The first value of a request header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  /// The whole request body, at most the server's limit.
  public byte[] body() {
    return ByteBufUtil.getBytes(request.content());
  }

  /// The client's IP address as text.
  public String clientAddress() {
    return channel.channel().remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "local";
  }

  /// Answers with a whole body.
  public void respond(int status, Map<String, String> headers, byte[] body) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            isHead() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    fill(response, headers, body.length);
    channel.writeAndFlush(response);
  }

  /// Answers with text of one content type, such as `text/plain; charset=utf-8`.
  public void respondText(int status, String contentType, String text) {
    respond(status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends the headers and returns the stream for a body of exactly `length` bytes.
  ///
  /// Writing blocks while the client does not read. Closing the stream early cuts the connection,
  /// so that a client never takes half a body for a whole one. For HEAD the stream swallows all.
  public OutputStream respondStream(int status, Map<String, String> headers, long length) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    fill(response, headers, length);
    channel.write(response);
    return new ResponseStream(channel, writability, isHead() ? 0 : length, isHead());
  }

  boolean answered() {
    return answered;
  }

  private void fill(HttpResponse response, Map<String, String> headers, long length) {
    if (answered) {
      throw new IllegalStateException("request was answered already");
    }
    answered = true;
    headers.forEach((name, value) -> response.headers().set(name, value));
    // 304 describes a body that is not sent, so it carries no length of its own.
    if (response.status().code() != HttpResponseStatus.NOT_MODIFIED.code()) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    }
    HttpUtil.setKeepAlive(response, HttpUtil.isKeepAlive(request));
  }
}
