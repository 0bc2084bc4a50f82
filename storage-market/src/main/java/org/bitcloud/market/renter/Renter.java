package org.bitcloud.market.renter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.peer.PeerPool;
import org.bitcloud.market.reader.ObjectReader;
import org.bitcloud.market.reader.StoredObject;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// A user's side of the market: stores files with providers and gets them back.
///
/// Its folder holds the index of objects and the journals of unfinished `put`s; several processes
/// may use one folder. Safe for several threads, and two `put`s of different files may run at once.
public final class Renter implements AutoCloseable {
  private final RenterPorts ports;
  private final Chain chain;
  private final ObjectIndex index;
  private final Puts puts;
  private final Accounts accounts;
  private final LaneFinisher finisher;
  private final ObjectReader reader;
  private final PeerPool pool;
  private final ExecutorService computing;

  private Renter(
      RenterPorts ports, RenterOptions options, Chain chain, Path objects, Path unfinished) {
    this.ports = ports;
    this.chain = chain;
    index = new ObjectIndex(objects);
    computing =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("encode-", 0).factory());
    Providers providers =
        new Providers(
            ports.wire(),
            ports.key(),
            chain.network().genesisHash(),
            chain.directory(),
            options.peers());
    finisher = new LaneFinisher(ports.key(), chain.digests(), providers);
    puts =
        new Puts(
            ports,
            chain,
            providers,
            index,
            unfinished,
            new PutJob.Encoding(computing, options.pauses()));
    accounts = new Accounts(chain, ports.key().address(), index);
    reader = ObjectReader.open(ports.ledger(), ports.wire(), ports.clock(), options.reader());
    pool = new PeerPool(ports.wire(), options.peers());
  }

  /// Opens a renter whose local state is in a folder, which is made if need be.
  ///
  /// @throws MarketException `LOCAL_STORAGE` when the folder cannot be used, `LEDGER_UNAVAILABLE`
  ///   when the chain does not answer
  public static Renter open(Path home, RenterPorts ports) throws MarketException {
    return open(home, ports, RenterOptions.DEFAULT);
  }

  /// The same with other patience.
  ///
  /// @throws MarketException as the other one
  public static Renter open(Path home, RenterPorts ports, RenterOptions options)
      throws MarketException {
    Path objects = home.resolve("objects");
    Path unfinished = home.resolve("unfinished");
    try {
      Path _ = Files.createDirectories(objects);
      Path _ = Files.createDirectories(unfinished);
    } catch (IOException e) {
      throw new MarketException(
          MarketError.LOCAL_STORAGE,
          "cannot make " + home + ": " + e.getMessage() + "; name another folder",
          e);
    }
    return new Renter(ports, options, Chain.open(ports), objects, unfinished);
  }

  /// Says what storing so many bytes would cost, without paying anything.
  ///
  /// @throws MarketException `TOO_FEW_PROVIDERS`, `OBJECT_TOO_LARGE` or `LEDGER_UNAVAILABLE`
  public CostEstimate cost(long bytes, PutOptions options) throws MarketException {
    Placement placement = new Placement(chain);
    return placement.estimate(placement.plan(bytes, options));
  }

  /// Stores a file or stream; on return it is durable at the providers and on chain.
  ///
  /// A `put` that fails ends its contracts, whose escrow comes back, and leaves no sectors behind.
  /// One that was cut off by a crash is continued by the same `put` of the same file.
  ///
  /// @throws MarketException why it was not stored
  public PutResult put(PutSource source, PutOptions options, Progress progress)
      throws MarketException {
    puts.undoOrphans();
    return puts.put(source, options, progress);
  }

  /// Fetches an object into a file, going on with an interrupted `get` to the same name.
  ///
  /// @throws MarketException `OBJECT_UNKNOWN`, `TOO_FEW_SHARDS`, `CONTENT_MISMATCH`, …
  public GetResult get(Hash id, Path out, Progress progress) throws MarketException {
    return new Retrieval(object(id), progress).toFile(out);
  }

  /// Copies a range of an object to a stream, which is not closed.
  ///
  /// @throws MarketException as [#get(Hash, Path, Progress)], or `RANGE_OUTSIDE`
  public GetResult get(Hash id, long offset, long length, OutputStream out, Progress progress)
      throws MarketException {
    return new Retrieval(object(id), progress).toStream(offset, length, out);
  }

  /// Opens an object, with its key when it is a private one of this renter.
  ///
  /// @throws MarketException `OBJECT_UNKNOWN` or `KEY_REQUIRED`
  public StoredObject object(Hash id) throws MarketException {
    @Nullable IndexEntry entry = index.get(id);
    @Nullable Bytes key = entry == null ? null : entry.key();
    return key == null ? reader.open(id) : reader.open(id, key);
  }

  /// Removes an object of this renter and ends its contracts.
  ///
  /// @throws MarketException `OBJECT_UNKNOWN` when the index does not have it, or
  ///   `LEDGER_UNAVAILABLE`; it may be repeated
  public RemoveResult remove(Hash id, Progress progress) throws MarketException {
    @Nullable IndexEntry entry = index.get(id);
    if (entry == null) {
      throw new MarketException(
          MarketError.OBJECT_UNKNOWN,
          "no object " + id + " was stored from here; see the list for those that were");
    }
    RemoveResult result = new Removal(chain, finisher).remove(entry, progress);
    index.remove(id);
    reader.forget(id);
    return result;
  }

  /// Lists the objects stored from here with their expiry, oldest first.
  public List<ListEntry> list() throws MarketException {
    return accounts.list();
  }

  /// Asks every provider of an object for random leaves.
  ///
  /// @param samples leaves asked of each provider
  /// @throws MarketException `OBJECT_UNKNOWN` or `KEY_REQUIRED`
  public VerifyReport verify(Hash id, int samples) throws MarketException {
    return new Verification(pool, chain.directory(), ports.random()).verify(object(id), samples);
  }

  /// Lists this account's contracts as the chain has them.
  public List<ContractReport> contracts() throws MarketException {
    return accounts.contracts();
  }

  /// Lists the providers on chain.
  public List<OfferReport> providers() throws MarketException {
    return accounts.providers();
  }

  /// Closes sessions; a `put` that runs fails.
  @Override
  public void close() {
    chain.close();
    reader.close();
    pool.close();
    computing.shutdown();
  }
}
