package org.bitcloud.node.gateway;

import java.util.Locale;
import org.bitcloud.market.reader.StoredObject;

/// The gateway's plain pages.
final class Page {
  static final String HTML = "text/html; charset=utf-8";

  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
             background: #101418; color: #e8ecf0 }
      a { color: #7cc4ff } video, img { width: 100%%; max-height: 75vh; background: #000 } audio { width: 100%% }
      dl { display: grid; grid-template-columns: 7rem 1fr; gap: .25rem 1rem; overflow-wrap: anywhere }
      dt { color: #9aa7b4 } dd { margin: 0; font-variant-numeric: tabular-nums }
      </style>
      </head>
      <body>
      %s
      </body>
      </html>
      """;

  private Page() {}

  /// The page of the gateway's root.
  static String start() {
    return FRAME.formatted(
        "Bitcloud gateway",
        """
        <h1>Bitcloud gateway</h1>
        <p>Objects are served under <code>/v1/objects/ID</code>, with a player under <code>/v/ID</code>.
        Store one with <code>./bitcloud storage put FILE</code>.</p>""");
  }

  /// The page that plays or links one object found under `source`.
  static String of(StoredObject object, String source) {
    String name = escaped(object.name().isBlank() ? object.id().toHex() : object.name());
    return FRAME.formatted(
        name,
        """
        <h1>%s</h1>
        %s
        <dl>
        <dt>Size</dt><dd>%,d bytes</dd>
        <dt>Type</dt><dd>%s</dd>
        <dt>SHA-256</dt><dd>%s</dd>
        <dt>Object</dt><dd><a href="%s">%s</a></dd>
        </dl>"""
            .formatted(
                name,
                player(object.mediaType(), source, name),
                object.size(),
                escaped(object.mediaType()),
                object.sha256().toHex().substring(2),
                source,
                object.id().toHex()));
  }

  private static String player(String mediaType, String source, String name) {
    String kind = mediaType.split("/", 2)[0].toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "video" ->
          "<video src=\"%s\" controls preload=\"metadata\" playsinline></video>".formatted(source);
      case "audio" -> "<audio src=\"%s\" controls preload=\"metadata\"></audio>".formatted(source);
      case "image" -> "<img src=\"%s\" alt=\"%s\">".formatted(source, name);
      default -> "<p><a href=\"%s\" download>Download</a></p>".formatted(source);
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
