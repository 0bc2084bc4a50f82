package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.LogFilter;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.primitives.Height;

/// `eth_getLogs` and polled filters; a filter nobody polls for five minutes is forgotten.
final class EthLogMethods {
  private static final int FILTERS_MAX = 10_000;

  private final ChainView chain;
  private final RecentArrivals arrivals;
  private final LogQuery query;
  private final SecureRandom random;
  private final Cache<Long, Polled> filters =
      Caffeine.newBuilder()
          .maximumSize(FILTERS_MAX)
          .expireAfterAccess(Duration.ofMinutes(5))
          .build();

  EthLogMethods(ChainView chain, Mempool pool, SecureRandom random) {
    this.chain = chain;
    this.arrivals = RecentArrivals.of(pool);
    this.query = new LogQuery(chain);
    this.random = random;
  }

  void register(Map<String, RpcMethod> methods) {
    methods.put("eth_getLogs", params -> query.logs(query.filter(params.object(0, "filter"))));
    methods.put("eth_newFilter", params -> add(new Logs(query.filter(params.object(0, "filter")))));
    methods.put("eth_newBlockFilter", _ -> add(new Blocks()));
    methods.put("eth_newPendingTransactionFilter", _ -> add(new Pending()));
    methods.put("eth_getFilterChanges", params -> find(params).changes());
    methods.put("eth_getFilterLogs", this::filterLogs);
    methods.put("eth_uninstallFilter", this::uninstall);
  }

  private JsonNode add(Polled filter) {
    long id = random.nextLong() >>> 1;
    filters.put(id, filter);
    return Json.quantity(id);
  }

  private Polled find(RpcParams params) throws RpcException {
    Polled filter = filters.getIfPresent(params.quantity(0, "filter id"));
    if (filter == null) {
      throw RpcException.of(RpcException.SERVER, "filter not found");
    }
    return filter;
  }

  private JsonNode filterLogs(RpcParams params) throws RpcException {
    if (find(params) instanceof Logs logs) {
      return query.logs(logs.filter);
    }
    throw RpcException.params("not a log filter");
  }

  private JsonNode uninstall(RpcParams params) throws RpcException {
    return BooleanNode.valueOf(filters.asMap().remove(params.quantity(0, "filter id")) != null);
  }

  /// What is new since the last poll.
  private sealed interface Polled {
    JsonNode changes() throws RpcException;
  }

  private final class Logs implements Polled {
    private final LogFilter filter;
    private final SeenLine line = new SeenLine(chain);

    Logs(LogFilter filter) {
      this.filter = filter;
    }

    /* What was undone first, then what is new. A block is told of as undone where it was told of. */
    @Override
    public synchronized JsonNode changes() throws RpcException {
      SeenLine.News news = line.advance();
      ArrayNode logs = JsonNodeFactory.instance.arrayNode();
      for (Block undone : news.undone()) {
        if (!undone.height().isBefore(filter.from())) {
          query.removed(filter, undone).forEach(logs::add);
        }
      }
      Height first = news.from().isBefore(filter.from()) ? filter.from() : news.from();
      if (!news.to().isBefore(first)) {
        logs.addAll(
            query.logs(new LogFilter(first, news.to(), filter.addresses(), filter.topics())));
      }
      return logs;
    }
  }

  private final class Blocks implements Polled {
    private final SeenLine line = new SeenLine(chain);

    @Override
    public synchronized JsonNode changes() {
      ArrayNode hashes = JsonNodeFactory.instance.arrayNode();
      SeenLine.News news = line.advance();
      Height height = news.from();
      while (!news.to().isBefore(height)) {
        chain.hashAt(height).ifPresent(hash -> hashes.add(hash.toHex()));
        height = height.next();
      }
      return hashes;
    }
  }

  private final class Pending implements Polled {
    private long seen = arrivals.next();

    @Override
    public synchronized JsonNode changes() {
      ArrayNode fresh = JsonNodeFactory.instance.arrayNode();
      long next = arrivals.next();
      arrivals.between(seen, next).forEach(hash -> fresh.add(hash.toHex()));
      seen = next;
      return fresh;
    }
  }
}
