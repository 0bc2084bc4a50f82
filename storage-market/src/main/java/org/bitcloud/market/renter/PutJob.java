package org.bitcloud.market.renter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.PostedPrices;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// One `put` from the first look at the file to the entry in the index, or to the refund.
///
/// Every step is in the journal before it matters, so that a job with the same journal goes on
/// where this one was cut off.
final class PutJob {
  private final RenterPorts ports;
  private final Chain chain;
  private final Providers providers;
  private final Path file;
  private final PutLog log;
  private final PutRecord.Start start;
  private final Deque<PostedPrices> spares;
  private final Executor computing;
  private final List<Duration> pauses;

  /// How sectors are made, and made again.
  ///
  /// @param computing where shards are computed
  /// @param pauses how long lost sectors wait, pass by pass
  record Encoding(Executor computing, List<Duration> pauses) {}

  PutJob(
      RenterPorts ports,
      Chain chain,
      Providers providers,
      Path file,
      PutLog log,
      Deque<PostedPrices> spares,
      Encoding encoding) {
    this.ports = ports;
    this.chain = chain;
    this.providers = providers;
    this.file = file;
    this.log = log;
    PutRecord.@Nullable Start recorded = log.state().start();
    if (recorded == null) {
      throw new IllegalStateException("the journal has no beginning");
    }
    this.start = recorded;
    this.spares = spares;
    this.computing = encoding.computing();
    this.pauses = encoding.pauses();
  }

  /// Does all that is left to do.
  PutFinish.Done run() throws MarketException {
    log.meter().stage(Progress.Stage.FORMING);
    ContractFormer former = new ContractFormer(chain, ports.key(), providers, log);
    List<Agreement> agreements = agreements(former);
    try (SlabSource source = SlabSource.open(file, start.erasure().dataShards())) {
      log.meter()
          .totals(
              source.size(),
              (long) source.slabs() * start.erasure().shards(),
              start.erasure().shards());
      Upload upload = new Upload(start.erasure(), source, log, ports.random(), computing);
      try {
        agreements.forEach(agreement -> upload.lane(lane(agreement)));
        Hash sha256 = transfer(upload, former);
        PutFinish finish = new PutFinish(ports, chain, providers, log, start);
        return finish.run(complete(upload), sha256);
      } finally {
        Parallel.forEach(List.copyOf(upload.lanes()), Lane::close);
      }
    }
  }

  private List<Agreement> agreements(ContractFormer former) throws MarketException {
    List<Agreement> there = new ArrayList<>(former.resume(log.state().agreements()));
    log.meter().contracts(there.size());
    boolean[] taken = new boolean[start.erasure().shards()];
    there.forEach(agreement -> taken[agreement.position()] = true);
    there.addAll(former.form(wants(taken), spares, start).values());
    require(there.size(), "contracts were formed");
    return there;
  }

  private Hash transfer(Upload upload, ContractFormer former) throws MarketException {
    log.meter().stage(Progress.Stage.TRANSFERRING);
    if (!log.state().slabs().isEmpty()) {
      new PlacedProbe(providers).probe(upload.lanes(), log.state().slabs().values());
      log.meter().placed(upload.lanes().stream().mapToLong(Lane::placedCount).sum());
    }
    Hash sha256 = upload.sendAll();
    for (Duration pause : pauses) {
      if (isWhole(upload)) {
        break;
      }
      log.meter().stage(Progress.Stage.REPAIRING);
      replaceDead(upload, former);
      // A pause that ends early when the renter is closed.
      Optional<Object> _ = Chain.ask(() -> chain.heads().await(Optional::empty, pause));
      chain.directory().expire();
      upload.sendMissing();
    }
    return sha256;
  }

  private boolean isWhole(Upload upload) {
    return upload.lanes().size() == start.erasure().shards()
        && upload.lanes().stream().allMatch(upload::isComplete);
  }

  // A lane that its provider refused for good, or that has no contract, moves to a spare.
  private void replaceDead(Upload upload, ContractFormer former) throws MarketException {
    boolean[] taken = new boolean[start.erasure().shards()];
    for (Lane lane : upload.lanes()) {
      taken[lane.agreement().position()] = upload.isComplete(lane) || !lane.isDead();
    }
    Map<Integer, Agreement> formed = former.form(wants(taken), spares, start);
    for (Agreement agreement : formed.values()) {
      log.warn(
          "shard "
              + agreement.position()
              + " goes to "
              + agreement.terms().provider()
              + " instead");
      upload.lane(lane(agreement));
    }
  }

  private List<ContractFormer.Want> wants(boolean[] taken) {
    List<ContractFormer.Want> wants = new ArrayList<>();
    if (log.state().last() != null) {
      // The manifest says already who has what.
      return wants;
    }
    for (int i = 0; i < taken.length && !spares.isEmpty(); i++) {
      if (!taken[i]) {
        wants.add(new ContractFormer.Want(i, spares.removeFirst()));
      }
    }
    return wants;
  }

  private List<Agreement> complete(Upload upload) throws MarketException {
    List<Agreement> complete = new ArrayList<>();
    StringBuilder lost = new StringBuilder();
    for (Lane lane : upload.lanes()) {
      if (upload.isComplete(lane)) {
        complete.add(lane.agreement());
      } else {
        MarketException why = lane.failure();
        String provider = lane.agreement().terms().provider().toString();
        String what = provider + " (" + (why == null ? "lost sectors" : why.getMessage()) + ")";
        log.warn("provider " + what + " did not take its shard");
        lost.append(lost.isEmpty() ? "" : ", ").append(what);
      }
    }
    require(complete.size(), "shards could be placed; failed: " + lost);
    return complete;
  }

  private void require(int there, String what) throws MarketException {
    int needed = start.erasure().placedMin();
    if (there < needed) {
      throw new MarketException(
          MarketError.TOO_FEW_SHARDS,
          "storing "
              + start.erasure()
              + " needs at least "
              + needed
              + " providers, only "
              + there
              + " "
              + what
              + "; the escrow comes back; retry when more providers are up");
    }
  }

  private Lane lane(Agreement agreement) {
    return new Lane(
        agreement,
        a -> providers.sectors(a.terms().provider(), a.endpoint()),
        () -> log.meter().onePlaced());
  }
}
