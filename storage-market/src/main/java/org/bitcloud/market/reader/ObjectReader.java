package org.bitcloud.market.reader;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.Wire;
import org.bitcloud.market.client.ProviderDirectory;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.codec.Manifest;
import org.bitcloud.market.codec.SealedManifest;
import org.bitcloud.market.peer.PeerPool;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// Opens objects by their ids. One serves a whole gateway: it keeps sessions, manifests and what it
/// learned about providers. Safe for any number of threads.
public final class ObjectReader implements AutoCloseable {
  private final PeerPool pool;
  private final ManifestFinder finder;
  private final SlabReader slabs;
  private final ReaderOptions options;
  private final Map<Hash, Known> manifests;

  /// A manifest as stored, and decoded where no key is needed.
  private record Known(Bytes stored, @Nullable Manifest open) {}

  private ObjectReader(
      PeerPool pool, ManifestFinder finder, SlabReader slabs, ReaderOptions options) {
    this.pool = pool;
    this.finder = finder;
    this.slabs = slabs;
    this.options = options;
    this.manifests =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Hash, Known> eldest) {
            return size() > options.manifestsKept();
          }
        };
  }

  /// Makes a reader; nothing is asked before the first object.
  public static ObjectReader open(
      Ledger ledger, Wire wire, InstantSource clock, ReaderOptions options) {
    PeerPool pool = new PeerPool(wire, options.peers());
    ProviderDirectory directory =
        new ProviderDirectory(new StorageClient(ledger), clock, options.directoryAge());
    return new ObjectReader(
        pool,
        new ManifestFinder(pool, directory),
        new SlabReader(pool, directory, new PeerScores(clock), options.hedge()),
        options);
  }

  /// Opens a public object.
  ///
  /// @throws MarketException `OBJECT_UNKNOWN`, or `KEY_REQUIRED` when it is private
  public StoredObject open(Hash id) throws MarketException {
    @Nullable Manifest manifest = known(id).open();
    if (manifest == null) {
      throw new MarketException(
          MarketError.KEY_REQUIRED,
          "object " + id + " is private; read it as its owner or by a link that carries its key");
    }
    return new StoredObject(id, manifest, slabs, options);
  }

  /// Opens an object with the key of its manifest, which only a private one needs.
  ///
  /// @throws MarketException `OBJECT_UNKNOWN`, or `KEY_REQUIRED` when the key is not its key
  public StoredObject open(Hash id, Bytes key) throws MarketException {
    Known known = known(id);
    @Nullable Manifest manifest = known.open();
    try {
      return new StoredObject(
          id,
          manifest != null ? manifest : Manifest.decode(SealedManifest.open(known.stored(), key)),
          slabs,
          options);
    } catch (MalformedException e) {
      throw new MarketException(MarketError.KEY_REQUIRED, "the key does not open object " + id, e);
    }
  }

  /// Forgets the manifest of an object, for instance because it was removed.
  public void forget(Hash id) {
    synchronized (manifests) {
      manifests.remove(id);
    }
  }

  /// Closes the sessions that are kept.
  @Override
  public void close() {
    pool.close();
  }

  private Known known(Hash id) throws MarketException {
    synchronized (manifests) {
      @Nullable Known known = manifests.get(id);
      if (known != null) {
        return known;
      }
    }
    Known found = decode(id, finder.find(id));
    synchronized (manifests) {
      manifests.put(id, found);
    }
    return found;
  }

  private static Known decode(Hash id, Bytes stored) throws MarketException {
    try {
      boolean sealed = Manifest.isSealed(stored);
      return new Known(stored, sealed ? null : Manifest.decode(stored));
    } catch (MalformedException e) {
      throw new MarketException(
          MarketError.WRONG_BYTES,
          "the bytes with id " + id + " are no manifest: " + e.getMessage(),
          e);
    }
  }
}
