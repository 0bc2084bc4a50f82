package org.bitcloud.node.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcloud.market.renter.Erasure;
import org.bitcloud.market.renter.PutOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a file is to be stored, as flags of `put` and `cost`.
final class Terms {
  private static final Pattern TERM = Pattern.compile("(\\d{1,9})(s|m|h|d)");
  private static final Pattern CODE = Pattern.compile("(\\d{1,3})(?:-?of-?|/)(\\d{1,3})");

  @Option(
      names = "--term",
      paramLabel = "TIME",
      description = "how long: 90m, 24h, 30d (default: 24h)")
  String term = "24h";

  @Option(
      names = "--erasure",
      paramLabel = "K/N",
      description = "any K of N providers suffice (default: a third of those there are)")
  @Nullable String erasure;

  @Option(names = "--private", description = "only this account can read it")
  boolean sealed;

  @Option(
      names = "--public",
      description = "everybody who knows the id can read it (default on a devnet)")
  boolean open;

  @Option(names = "--budget", paramLabel = "CLD", description = "the most it may cost")
  @Nullable String budget;

  /// The options of the market.
  PutOptions options() throws CliException {
    if (sealed && open) {
      throw new CliException("--private and --public exclude each other");
    }
    PutOptions options = PutOptions.DEFAULT.withTerm(duration()).withPrivate(sealed);
    if (erasure != null) {
      options = options.withErasure(code(erasure));
    }
    return budget == null ? options : options.withBudget(Money.parse(budget));
  }

  private Duration duration() throws CliException {
    Matcher matcher = TERM.matcher(term);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new CliException("not a term: " + term, "such as 90m, 24h or 30d");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static Erasure code(String text) throws CliException {
    Matcher matcher = CODE.matcher(text);
    try {
      if (matcher.matches()) {
        return new Erasure(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      }
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage() + "", e);
    }
    throw new CliException("not an erasure code: " + text, "such as 2/6");
  }
}
