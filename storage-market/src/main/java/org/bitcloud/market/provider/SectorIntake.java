package org.bitcloud.market.provider;

import java.util.concurrent.Semaphore;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.sector.SectorMismatchException;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.market.sector.SectorStoreException;
import org.bitcloud.market.sector.SectorWriter;
import org.bitcloud.market.sector.StoreFullException;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// The sector that one session is writing.
///
/// A refusal is kept until the end of the sector, since every request has one answer and the renter
/// sends ahead of it. For one thread.
final class SectorIntake implements AutoCloseable {
  private final ContractDesk contracts;
  private final SectorStore sectors;
  private final SectorKeeper keeper;
  private final Semaphore places;
  private @Nullable Hash contract;
  private @Nullable SectorWriter writer;
  private @Nullable MarketException refusal;
  private boolean hasPlace;
  private boolean reserved;
  private byte[] buffer = new byte[0];

  SectorIntake(ContractDesk contracts, SectorStore sectors, SectorKeeper keeper, Semaphore places) {
    this.contracts = contracts;
    this.sectors = sectors;
    this.keeper = keeper;
    this.places = places;
  }

  /// Begins a sector; waits while too many others are on their way in.
  void begin(Message.WriteSector request, Address renter) {
    contract = request.contract();
    refusal = null;
    try {
      ContractEntry entry = contracts.writable(request.contract(), renter);
      places.acquire();
      hasPlace = true;
      int listed;
      entry.lock.lock();
      try {
        listed = entry.tree.size();
      } finally {
        entry.lock.unlock();
      }
      keeper.reserve(entry.id, listed, entry.terms.maxSectors());
      reserved = true;
      writer = sectors.writer();
    } catch (MarketException e) {
      refusal = e;
    } catch (StoreFullException e) {
      refusal = new MarketException(MarketError.NO_SPACE, String.valueOf(e.getMessage()), e);
    } catch (SectorStoreException e) {
      refusal = new MarketException(MarketError.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refusal = new MarketException(MarketError.BUSY, "the provider is stopping", e);
    }
  }

  /// Takes a piece of the sector.
  void append(Bytes data) {
    if (writer == null || refusal != null) {
      return;
    }
    if (buffer.length < data.size()) {
      buffer = new byte[Message.Chunk.DATA_BYTES_MAX];
    }
    data.copyTo(buffer, 0);
    try {
      writer.write(buffer, 0, data.size());
    } catch (SectorStoreException e) {
      refusal = new MarketException(MarketError.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /// Makes the sector durable.
  ///
  /// @throws MarketException why it was not taken
  Message finish(Hash root) throws MarketException {
    try {
      if (refusal != null) {
        throw refusal;
      }
      if (writer == null || contract == null) {
        throw new IllegalStateException("no sector was begun");
      }
      commit(contract, writer, root);
      return new Message.SectorWritten(root);
    } finally {
      close();
    }
  }

  private void commit(Hash owner, SectorWriter open, Hash root) throws MarketException {
    keeper.announce(owner, root);
    reserved = false;
    boolean done = false;
    try {
      open.commit(root);
      done = true;
      keeper.arrived(root);
    } catch (SectorMismatchException e) {
      throw new MarketException(MarketError.ROOT_MISMATCH, String.valueOf(e.getMessage()), e);
    } catch (StoreFullException e) {
      throw new MarketException(MarketError.NO_SPACE, String.valueOf(e.getMessage()), e);
    } catch (SectorStoreException e) {
      throw new MarketException(MarketError.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
    } finally {
      if (!done) {
        keeper.failed(owner, root);
      }
    }
  }

  /// Discards what was not finished.
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
    if (reserved && contract != null) {
      keeper.release(contract);
      reserved = false;
    }
    if (hasPlace) {
      places.release();
      hasPlace = false;
    }
    contract = null;
  }
}
