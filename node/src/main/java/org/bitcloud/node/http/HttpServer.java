package org.bitcloud.node.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// An HTTP/1.1 and WebSocket server for a list of routes.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
public final class HttpServer implements AutoCloseable {
  private static final int LOW_WATER = 256 * 1024;
  private static final int HIGH_WATER = 1024 * 1024;

  private final EventLoopGroup loops;
  private final ExecutorService requests;
  private final ChannelGroup connections;
  private final Channel listening;

  private HttpServer(
      EventLoopGroup loops, ExecutorService requests, ChannelGroup connections, Channel listening) {
    this.loops = loops;
    this.requests = requests;
    this.connections = connections;
    this.listening = listening;
  }

  /// Binds and serves.
  ///
  /// @throws IOException where the address cannot be bound; the message names it
  public static HttpServer start(HttpSettings settings, List<Route> routes) throws IOException {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    ExecutorService requests =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(LOW_WATER, HIGH_WATER))
            .childHandler(pipeline(settings, routes, requests, connections));
    try {
      Channel listening = bootstrap.bind(settings.host(), settings.port()).sync().channel();
      return new HttpServer(loops, requests, connections, listening);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop(loops, requests);
      throw new IOException("interrupted while binding", e);
    } catch (Exception e) { // Netty rethrows the checked BindException from sync()
      stop(loops, requests);
      throw new IOException(
          "cannot listen on %s:%d: %s".formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  private static ChannelInitializer<Channel> pipeline(
      HttpSettings settings,
      List<Route> routes,
      ExecutorService requests,
      ChannelGroup connections) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (connections.size() >= settings.maxConnections()) {
          channel.close();
          return;
        }
        connections.add(channel);
        channel
            .pipeline()
            .addLast("idle", new IdleStateHandler(0, 0, (int) settings.idle().toSeconds()))
            .addLast("codec", new HttpServerCodec())
            .addLast("body", new HttpObjectAggregator(settings.maxBodyBytes()))
            .addLast("requests", new RequestHandler(settings, routes, requests));
      }
    };
  }

  /// The port it listens on, also where any free one was asked for.
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /// Stops accepting, cuts the connections and waits for the threads, at most a few seconds.
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
    connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
    stop(loops, requests);
  }

  private static void stop(EventLoopGroup loops, ExecutorService requests) {
    requests.shutdownNow();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
