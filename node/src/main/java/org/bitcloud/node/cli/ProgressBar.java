package org.bitcloud.node.cli;

import java.util.Locale;

/// One line on standard error that is written over; silent where nobody watches.
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 28;
  private static final long EVERY_NANOS = 80_000_000;

  private final Cli cli;
  private final boolean shown;
  private long drawnAt;
  private int length;
  private long begunAt;

  ProgressBar(Cli cli, boolean json) {
    this.cli = cli;
    this.shown = cli.terminal() && !json;
  }

  /// Draws a share of a whole with a text behind it.
  synchronized void update(String what, long done, long total, String text) {
    long now = System.nanoTime();
    if (begunAt == 0) {
      begunAt = now;
    }
    if (!shown || (now - drawnAt < EVERY_NANOS && done < total)) {
      return;
    }
    drawnAt = now;
    double share = total <= 0 ? 0 : Math.min(1, (double) done / total);
    int filled = (int) (share * WIDTH);
    draw(
        String.format(
            Locale.ROOT,
            "%-12s [%s%s] %3.0f %%  %s",
            what,
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            share * 100,
            text));
  }

  /// Seconds since the first update.
  synchronized double seconds() {
    return begunAt == 0 ? 0 : (System.nanoTime() - begunAt) / 1e9;
  }

  private void draw(String line) {
    String padding = " ".repeat(Math.max(0, length - line.length()));
    cli.err().print("\r" + line + padding);
    cli.err().flush();
    length = line.length();
  }

  /// Clears the line.
  @Override
  public synchronized void close() {
    if (shown && length > 0) {
      cli.err().print("\r" + " ".repeat(length) + "\r");
      cli.err().flush();
      length = 0;
    }
  }
}
