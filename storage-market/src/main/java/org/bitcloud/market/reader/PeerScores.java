package org.bitcloud.market.reader;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.codec.Manifest;
import org.bitcloud.primitives.Address;

/// How fast and how reliable each provider has been lately. Safe for any number of threads.
final class PeerScores {
  private static final Duration BLAMED = Duration.ofMinutes(10);
  private static final Duration UNREACHABLE = Duration.ofSeconds(20);
  private static final double FRESH_WEIGHT = 0.3;

  // A parity shard costs decoding, so it must be this much faster to be preferred.
  private static final double PARITY_HANDICAP = 1.5;

  private final InstantSource clock;
  private final Map<Address, Score> scores = new HashMap<>();

  private record Score(double nanosPerLeaf, Instant avoidUntil) {}

  PeerScores(InstantSource clock) {
    this.clock = clock;
  }

  /// The indices of the shards of a slab, the most promising first.
  synchronized List<Integer> order(List<Manifest.Shard> shards, int dataShards) {
    Instant now = clock.instant();
    record Candidate(int shard, boolean avoided, double expected) {}
    return java.util.stream.IntStream.range(0, shards.size())
        .mapToObj(
            i -> {
              Score score = scores.get(shards.get(i).provider());
              double expected = score == null ? 0 : score.nanosPerLeaf();
              return new Candidate(
                  i,
                  score != null && score.avoidUntil().isAfter(now),
                  (expected + 1) * (i < dataShards ? 1 : PARITY_HANDICAP));
            })
        .sorted(Comparator.comparing(Candidate::avoided).thenComparingDouble(Candidate::expected))
        .map(Candidate::shard)
        .toList();
  }

  /// Notes an answer that verified.
  synchronized void answered(Address provider, long nanos, int leaves) {
    double perLeaf = (double) nanos / Math.max(leaves, 128);
    scores.merge(
        provider,
        new Score(perLeaf, Instant.MIN),
        (old, fresh) ->
            new Score(
                old.nanosPerLeaf() == 0
                    ? perLeaf
                    : old.nanosPerLeaf() * (1 - FRESH_WEIGHT) + perLeaf * FRESH_WEIGHT,
                Instant.MIN));
  }

  /// Notes a failure: the provider comes last for a while.
  synchronized void failed(Address provider, MarketError error) {
    Instant until = clock.instant().plus(error.blamesProvider() ? BLAMED : UNREACHABLE);
    scores.merge(
        provider, new Score(0, until), (old, fresh) -> new Score(old.nanosPerLeaf(), until));
  }
}
