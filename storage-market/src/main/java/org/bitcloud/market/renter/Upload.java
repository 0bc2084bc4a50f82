package org.bitcloud.market.renter;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.codec.EncodedSlab;
import org.bitcloud.market.codec.ErasureCode;
import org.bitcloud.market.codec.ShardSink;
import org.bitcloud.market.codec.SlabEncoder;
import org.bitcloud.market.codec.SlabKeys;
import org.bitcloud.market.codec.SlabLayout;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// Sends the slabs of a file along the lanes: once through the file, then again those sectors that
/// got lost.
///
/// A slab is encoded under fresh keys the first time. It is encoded again under the same keys only
/// after its content, held in memory, has proven to be the same: a key never meets two contents.
final class Upload {
  private final Erasure erasure;
  private final SlabSource source;
  private final PutLog log;
  private final SecureRandom random;
  private final SlabEncoder encoder;
  private final TreeMap<Integer, Lane> lanes = new TreeMap<>();

  Upload(Erasure erasure, SlabSource source, PutLog log, SecureRandom random, Executor computing) {
    this.erasure = erasure;
    this.source = source;
    this.log = log;
    this.random = random;
    int parallelism = Math.max(1, Runtime.getRuntime().availableProcessors());
    this.encoder =
        new SlabEncoder(
            ErasureCode.of(erasure.dataShards(), erasure.shards()), computing, parallelism);
  }

  /// Puts a lane in the place of its position's old one, if there was any.
  void lane(Lane lane) {
    Lane old = lanes.put(lane.agreement().position(), lane);
    if (old != null) {
      old.close();
    }
  }

  Collection<Lane> lanes() {
    return lanes.values();
  }

  /// Encodes and sends every slab that the journal does not know.
  ///
  /// @return the SHA-256 of the whole file
  Hash sendAll() throws MarketException {
    int first = 0;
    while (log.state().slabs().containsKey(first)) {
      first++;
    }
    MessageDigest digest = source.digestUpTo(first);
    for (int i = 0; i < first; i++) {
      log.meter().bytes(source.slabLength(i));
    }
    for (int slab = first; slab < source.slabs(); slab++) {
      send(slab, digest);
    }
    source.checkUnchanged();
    Parallel.forEach(List.copyOf(lanes.values()), Lane::sync);
    return SlabSource.sha256(digest);
  }

  /// Sends again what lanes are missing, each slab at most once.
  void sendMissing() throws MarketException {
    lanes.values().forEach(Lane::revive);
    for (PutRecord.Slab slab : List.copyOf(log.state().slabs().values())) {
      List<Lane> missing = new ArrayList<>();
      for (Lane lane : lanes.values()) {
        if (!lane.isDead() && !lane.isPlaced(slab.index())) {
          missing.add(lane);
        }
      }
      if (!missing.isEmpty()) {
        sendAgain(slab, missing);
      }
    }
    Parallel.forEach(List.copyOf(lanes.values()), Lane::sync);
  }

  /// Whether a lane has every slab.
  boolean isComplete(Lane lane) {
    return lane.placedCount() == source.slabs();
  }

  private void send(int slab, MessageDigest digest) throws MarketException {
    int length = source.slabLength(slab);
    int bodyBytes = new SlabLayout(erasure.dataShards(), length).bodyBytes();
    lanes.values().forEach(lane -> lane.begin(slab, bodyBytes));
    EncodedSlab encoded;
    try (InputStream in = source.slab(slab, digest)) {
      encoded = encoder.encode(in, SlabKeys.generate(random), sink(lanes.values()));
    } catch (IOException e) {
      throw source.changed();
    }
    if (encoded.length() != length || encoded.bodyBytes() != bodyBytes) {
      throw source.changed();
    }
    // Before the first acknowledgement counts: without its keys a sector is worth nothing.
    log.add(new PutRecord.Slab(slab, encoded.keys(), length, bodyBytes, encoded.roots()));
    lanes.values().forEach(lane -> lane.end(encoded.roots().get(lane.agreement().position())));
    log.meter().bytes(length);
  }

  private void sendAgain(PutRecord.Slab slab, List<Lane> missing) throws MarketException {
    InputStream[] twice = source.slabTwice(slab.index());
    try {
      EncodedSlab trial = encoder.encode(twice[0], slab.keys(), (_, _, _, _) -> {});
      if (!trial.roots().equals(slab.roots())) {
        throw source.changed();
      }
      missing.forEach(lane -> lane.begin(slab.index(), slab.bodyBytes()));
      EncodedSlab _ = encoder.encode(twice[1], slab.keys(), sink(missing));
    } catch (IOException e) {
      throw source.changed();
    }
    missing.forEach(lane -> lane.end(slab.roots().get(lane.agreement().position())));
  }

  private ShardSink sink(Collection<Lane> targets) {
    @Nullable Lane[] byShard = new Lane[erasure.shards()];
    targets.forEach(lane -> byShard[lane.agreement().position()] = lane);
    return (shard, buffer, offset, length) -> {
      Lane lane = byShard[shard];
      if (lane != null) {
        lane.piece(buffer, offset, length);
      }
    };
  }
}
