package org.bitcloud.node.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.reader.ObjectReader;
import org.bitcloud.market.reader.StoredObject;
import org.bitcloud.node.http.HttpException;
import org.bitcloud.node.http.HttpExchange;
import org.bitcloud.node.http.Route;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// `GET` and `HEAD` of stored objects, and a page that plays them.
public final class ObjectRoutes {
  private static final String OBJECTS = "/v1/objects/";
  private static final String PAGES = "/v/";
  private static final int BLOCK = 64 * 1024;

  /// Types that a browser would run or draw with scripts: served in a sandbox, since everything
  /// here shares one origin.
  private static final Set<String> ACTIVE =
      Set.of("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml");

  private final ObjectReader objects;

  private ObjectRoutes(ObjectReader objects) {
    this.objects = objects;
  }

  /// The gateway's routes over a reader.
  public static List<Route> of(ObjectReader objects) {
    var routes = new ObjectRoutes(objects);
    return List.of(
        new Route.Plain(OBJECTS, routes::object),
        new Route.Plain(PAGES, routes::page),
        new Route.Plain("/", exchange -> exchange.respondText(200, Page.HTML, Page.start())),
        new Route.Plain(
            "/healthz",
            exchange -> exchange.respondText(200, "text/plain; charset=utf-8", "ok\n")));
  }

  private void object(HttpExchange exchange) throws IOException, HttpException {
    requireRead(exchange);
    StoredObject object = open(exchange.path().substring(OBJECTS.length()));
    String etag = '"' + object.id().toHex() + '"';
    Map<String, String> headers = headers(object, etag);
    if (exchange.header("If-None-Match").filter(seen -> matches(seen, etag)).isPresent()) {
      exchange.respond(304, headers, new byte[0]);
      return;
    }
    boolean sameObject = exchange.header("If-Range").map(etag::equals).orElse(true);
    switch (ByteRange.of(exchange.header("Range").filter(_ -> sameObject), object.size())) {
      case ByteRange.Wanted.Whole _ ->
          send(exchange, object, 200, headers, new ByteRange(0, object.size()));
      case ByteRange.Wanted.Part part -> {
        headers.put("Content-Range", part.range().contentRange(object.size()));
        send(exchange, object, 206, headers, part.range());
      }
      case ByteRange.Wanted.Unsatisfiable _ ->
          exchange.respond(416, Map.of("Content-Range", "bytes */" + object.size()), new byte[0]);
    }
  }

  private static void send(
      HttpExchange exchange,
      StoredObject object,
      int status,
      Map<String, String> headers,
      ByteRange range)
      throws IOException, HttpException {
    if (exchange.isHead() || range.length() == 0) {
      exchange.respondStream(status, headers, range.length()).close();
      return;
    }
    try (InputStream in = object.read(range.offset(), range.length())) {
      byte[] block = new byte[BLOCK];
      // The first block is read before the status goes out: an object that cannot be read any
      // more is an honest 502, not a connection that breaks.
      int count = in.read(block);
      try (OutputStream out = exchange.respondStream(status, headers, range.length())) {
        for (; count > 0; count = in.read(block)) {
          out.write(block, 0, count);
        }
      }
    } catch (MarketException e) {
      throw new HttpException(502, String.valueOf(e.getMessage()));
    }
  }

  private void page(HttpExchange exchange) throws HttpException {
    requireRead(exchange);
    StoredObject object = open(exchange.path().substring(PAGES.length()));
    exchange.respondText(200, Page.HTML, Page.of(object, OBJECTS + object.id().toHex()));
  }

  private StoredObject open(String id) throws HttpException {
    Hash hash;
    try {
      hash = Hash.fromHex(id);
    } catch (MalformedException e) {
      throw new HttpException(400, "not an object id (0x and 64 hex digits): " + e.getMessage());
    }
    try {
      return objects.open(hash);
    } catch (MarketException e) {
      int status =
          switch (e.error()) {
            case OBJECT_UNKNOWN -> 404;
            case KEY_REQUIRED -> 403;
            default -> 502;
          };
      throw new HttpException(status, String.valueOf(e.getMessage()));
    }
  }

  private static void requireRead(HttpExchange exchange) throws HttpException {
    if (!exchange.method().equals("GET") && !exchange.isHead()) {
      throw new HttpException(405, "only GET and HEAD are served here");
    }
  }

  private static Map<String, String> headers(StoredObject object, String etag) {
    Map<String, String> headers = new LinkedHashMap<>();
    String type = object.mediaType().isBlank() ? "application/octet-stream" : object.mediaType();
    headers.put("Content-Type", type);
    headers.put("ETag", etag);
    headers.put("Accept-Ranges", "bytes");
    // The id is a hash of the content: what it names never changes.
    headers.put("Cache-Control", "public, max-age=31536000, immutable");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Disposition", "inline; filename*=UTF-8''" + encoded(object.name()));
    if (ACTIVE.contains(type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))) {
      headers.put("Content-Security-Policy", "sandbox");
    }
    return headers;
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static boolean matches(String header, String etag) {
    for (String candidate : header.split(",", 64)) {
      String value = candidate.trim();
      if (value.equals("*") || value.equals(etag) || value.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }
}
