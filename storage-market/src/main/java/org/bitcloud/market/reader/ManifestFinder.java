package org.bitcloud.market.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.PostedPrices;
import org.bitcloud.market.client.ProviderDirectory;
import org.bitcloud.market.peer.PeerPool;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// Finds the manifest of an id: asks every provider on chain, some at a time, and takes the first
/// answer whose bytes have that id. Safe for any number of threads.
final class ManifestFinder {
  private static final int ASKED_AT_ONCE = 16;
  private static final int NAMED_MAX = 12;

  private final PeerPool pool;
  private final ProviderDirectory directory;

  ManifestFinder(PeerPool pool, ProviderDirectory directory) {
    this.pool = pool;
    this.directory = directory;
  }

  private record Result(
      PostedPrices provider, @Nullable Bytes manifest, @Nullable MarketException failure) {}

  /// Finds the bytes of a manifest, sealed or not.
  ///
  /// @throws MarketException `OBJECT_UNKNOWN` when nobody has it, saying who did not answer
  Bytes find(Hash id) throws MarketException {
    List<PostedPrices> providers = providers();
    List<PeerPool.Fetch> fetches = new ArrayList<>();
    BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    List<String> unreachable = new ArrayList<>();
    int asked = 0;
    int answered = 0;
    try {
      while (answered < providers.size()) {
        while (asked < providers.size() && asked - answered < ASKED_AT_ONCE) {
          fetches.add(ask(providers.get(asked++), id, results));
        }
        Result result = results.take();
        answered++;
        if (result.manifest() != null) {
          return result.manifest();
        }
        note(result, unreachable);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MarketException(MarketError.UNREACHABLE, "searching was interrupted", e);
    } finally {
      fetches.forEach(PeerPool.Fetch::cancel);
    }
    throw unknown(id, providers.size(), unreachable);
  }

  private List<PostedPrices> providers() throws MarketException {
    try {
      return directory.all();
    } catch (LedgerException e) {
      throw new MarketException(
          MarketError.LEDGER_UNAVAILABLE,
          "cannot read providers from the chain: " + e.getMessage(),
          e);
    }
  }

  private PeerPool.Fetch ask(PostedPrices provider, Hash id, BlockingQueue<Result> results) {
    PeerPool.Fetch fetch = pool.fetch(provider.prices().endpoint(), new Message.AskManifest(id));
    Thread.ofVirtual()
        .name("find")
        .start(
            () -> {
              try {
                results.add(new Result(provider, fetch.run(), null));
              } catch (MarketException e) {
                results.add(new Result(provider, null, e));
              } catch (RuntimeException e) {
                results.add(
                    new Result(
                        provider,
                        null,
                        new MarketException(MarketError.UNREACHABLE, "failed: " + e, e)));
              }
            });
    return fetch;
  }

  private static void note(Result result, List<String> unreachable) {
    if (result.failure() != null && result.failure().error() != MarketError.MANIFEST_UNKNOWN) {
      unreachable.add(result.provider().provider() + " (" + result.failure().getMessage() + ")");
    }
  }

  private static MarketException unknown(Hash id, int asked, List<String> unreachable) {
    StringBuilder text = new StringBuilder("no provider knows " + id + ": ");
    text.append(asked - unreachable.size()).append(" of ").append(asked).append(" answered");
    if (!unreachable.isEmpty()) {
      int named = Math.min(NAMED_MAX, unreachable.size());
      text.append(", not: ").append(String.join(", ", unreachable.subList(0, named)));
    }
    text.append("; check the id, or retry when more providers are up");
    return new MarketException(MarketError.OBJECT_UNKNOWN, text.toString());
  }
}
