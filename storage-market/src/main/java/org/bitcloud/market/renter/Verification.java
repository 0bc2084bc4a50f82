package org.bitcloud.market.renter;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.ProviderDirectory;
import org.bitcloud.market.codec.Manifest;
import org.bitcloud.market.codec.SlabLayout;
import org.bitcloud.market.peer.PeerPool;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.reader.StoredObject;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;

/// Samples every provider of an object: random leaves, each with its proof.
final class Verification {
  private final PeerPool pool;
  private final ProviderDirectory directory;
  private final SecureRandom random;

  Verification(PeerPool pool, ProviderDirectory directory, SecureRandom random) {
    this.pool = pool;
    this.directory = directory;
    this.random = random;
  }

  /// Asks each provider for so many random leaves of its sectors.
  VerifyReport verify(StoredObject object, int samples) {
    Manifest manifest = object.manifest();
    AtomicReferenceArray<VerifyReport.Finding> findings =
        new AtomicReferenceArray<>(manifest.shards());
    List<Integer> positions =
        manifest.slabs().isEmpty()
            ? List.of()
            : IntStream.range(0, manifest.shards()).boxed().toList();
    Parallel.forEach(positions, i -> findings.set(i, sample(manifest, i, samples)));
    List<VerifyReport.Finding> list = new ArrayList<>();
    positions.forEach(i -> list.add(findings.get(i)));
    return new VerifyReport(object.id(), manifest.dataShards(), list);
  }

  private VerifyReport.Finding sample(Manifest manifest, int position, int samples) {
    Address provider = manifest.slabs().getFirst().shards().get(position).provider();
    Bytes endpoint = directory.endpoint(provider).orElse(Bytes.EMPTY);
    if (endpoint.isEmpty()) {
      return new VerifyReport.Finding(position, provider, 0, 0, "has no endpoint on chain");
    }
    int right = 0;
    String problem = "";
    for (int i = 0; i < samples; i++) {
      try {
        Bytes _ = pool.fetch(endpoint, randomLeaf(manifest, position)).run();
        right++;
      } catch (MarketException e) {
        problem = problem.isEmpty() ? e.error().text() + ": " + e.getMessage() : problem;
        if (!e.error().blamesProvider()) {
          // Not there at all: more questions tell nothing more.
          return new VerifyReport.Finding(position, provider, i + 1, right, problem);
        }
      }
    }
    return new VerifyReport.Finding(position, provider, samples, right, problem);
  }

  private Message randomLeaf(Manifest manifest, int position) {
    Manifest.Slab slab = manifest.slabs().get(random.nextInt(manifest.slabs().size()));
    int leaves = new SlabLayout(manifest.dataShards(), slab.length()).bodyLeaves();
    return new Message.ReadRange(slab.shards().get(position).root(), random.nextInt(leaves), 1);
  }
}
