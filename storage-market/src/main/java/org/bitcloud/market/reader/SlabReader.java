package org.bitcloud.market.reader;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.ProviderDirectory;
import org.bitcloud.market.codec.ErasureCode;
import org.bitcloud.market.codec.Manifest;
import org.bitcloud.market.codec.ShardRange;
import org.bitcloud.market.codec.SlabDecoder;
import org.bitcloud.market.codec.SlabLayout;
import org.bitcloud.market.peer.PeerPool;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads ranges of slabs: asks the k most promising providers, one more for each that fails or
/// lags, and decodes the first k ranges that verify. Safe for any number of threads.
final class SlabReader {
  private static final Logger LOG = LoggerFactory.getLogger(SlabReader.class);
  private static final long BYTES_PER_MILLI = 8_000;

  private final PeerPool pool;
  private final ProviderDirectory directory;
  private final PeerScores scores;
  private final Duration hedge;

  SlabReader(PeerPool pool, ProviderDirectory directory, PeerScores scores, Duration hedge) {
    this.pool = pool;
    this.directory = directory;
    this.scores = scores;
    this.hedge = hedge;
  }

  /// Reads bytes of a slab.
  ///
  /// @throws MarketException `TOO_FEW_SHARDS` naming every provider that failed and why
  byte[] read(Manifest manifest, int slabIndex, int from, int length, WarningSink warnings)
      throws MarketException {
    Manifest.Slab slab = manifest.slabs().get(slabIndex);
    ShardRange range =
        new SlabLayout(manifest.dataShards(), slab.length()).shardRange(from, length);
    List<Gathered> gathered = new Gathering(manifest, slab, range, warnings).gather();
    int[] shards = gathered.stream().mapToInt(Gathered::shard).toArray();
    byte[][] ranges = gathered.stream().map(g -> g.data().toArray()).toArray(byte[][]::new);
    byte[] out = new byte[length];
    new SlabDecoder(ErasureCode.of(manifest.dataShards(), manifest.shards()), slab.keys())
        .decode(shards, ranges, range, from, length, out, 0);
    return out;
  }

  /// A shard's range that verified.
  private record Gathered(int shard, Bytes data) {}

  /// What became of one attempt; exactly one of data and failure is there.
  private record Result(Attempt attempt, @Nullable Bytes data, @Nullable MarketException failure) {}

  /// One request to one provider.
  private record Attempt(int shard, Address provider, PeerPool.Fetch fetch) {}

  /// The gathering of k ranges for one read; for one thread.
  private final class Gathering {
    private final Manifest manifest;
    private final Manifest.Slab slab;
    private final ShardRange range;
    private final WarningSink warnings;
    private final Deque<Integer> candidates;
    private final List<Attempt> running = new ArrayList<>();
    private final List<Gathered> good = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();

    Gathering(Manifest manifest, Manifest.Slab slab, ShardRange range, WarningSink warnings) {
      this.manifest = manifest;
      this.slab = slab;
      this.range = range;
      this.warnings = warnings;
      this.candidates = new ArrayDeque<>(scores.order(slab.shards(), manifest.dataShards()));
    }

    List<Gathered> gather() throws MarketException {
      try {
        for (int i = 0; i < manifest.dataShards(); i++) {
          startNext();
        }
        while (good.size() < manifest.dataShards()) {
          if (running.isEmpty()) {
            throw tooFew();
          }
          take(results.poll(patience().toMillis(), TimeUnit.MILLISECONDS));
        }
        return good;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MarketException(MarketError.UNREACHABLE, "reading was interrupted", e);
      } finally {
        running.forEach(attempt -> attempt.fetch().cancel());
      }
    }

    private void take(@Nullable Result result) {
      if (result == null) {
        // Somebody lags: ask one more and see who comes first.
        startNext();
        return;
      }
      running.remove(result.attempt());
      Address provider = result.attempt().provider();
      if (result.data() != null) {
        good.add(new Gathered(result.attempt().shard(), result.data()));
      } else if (result.failure() != null) {
        failed(provider, result.failure());
        startNext();
      }
    }

    private void failed(Address provider, MarketException failure) {
      scores.failed(provider, failure.error());
      boolean isBlamed = failure.error().blamesProvider();
      String why = (isBlamed ? failure.error().text() + ": " : "") + failure.getMessage();
      failures.add(provider + " (" + why + ")");
      if (isBlamed) {
        String what = "provider " + provider + ": " + why;
        LOG.warn("{}", what);
        warnings.warn(what);
      }
    }

    private void startNext() {
      while (!candidates.isEmpty()) {
        int shard = candidates.removeFirst();
        Address provider = slab.shards().get(shard).provider();
        Optional<Bytes> endpoint = directory.endpoint(provider);
        if (endpoint.isEmpty()) {
          failures.add(provider + " (has no endpoint on chain)");
          continue;
        }
        Message request =
            new Message.ReadRange(
                slab.shards().get(shard).root(), range.firstLeaf(), range.leafCount());
        Attempt attempt = new Attempt(shard, provider, pool.fetch(endpoint.get(), request));
        running.add(attempt);
        Thread.ofVirtual().name("fetch").start(() -> run(attempt));
        return;
      }
    }

    private void run(Attempt attempt) {
      long start = System.nanoTime();
      try {
        Bytes data = attempt.fetch().run();
        scores.answered(attempt.provider(), System.nanoTime() - start, range.leafCount());
        results.add(new Result(attempt, data, null));
      } catch (MarketException e) {
        results.add(new Result(attempt, null, e));
      } catch (RuntimeException e) {
        // Without a result the gathering would wait for ever.
        results.add(
            new Result(
                attempt, null, new MarketException(MarketError.UNREACHABLE, "failed: " + e, e)));
      }
    }

    // Without anyone left to ask there is no use in waking up early.
    private Duration patience() {
      return candidates.isEmpty()
          ? Duration.ofDays(1)
          : hedge.plusMillis(range.bytes() / BYTES_PER_MILLI);
    }

    private MarketException tooFew() {
      int missing = manifest.dataShards() - good.size();
      return new MarketException(
          MarketError.TOO_FEW_SHARDS,
          "needs "
              + manifest.dataShards()
              + " of "
              + manifest.shards()
              + " shards, only "
              + good.size()
              + (good.size() == 1 ? " is there, " : " are there, ")
              + missing
              + (missing == 1 ? " is missing; failed: " : " are missing; failed: ")
              + String.join(", ", failures)
              + "; retry when more of these providers are up again");
    }
  }
}
