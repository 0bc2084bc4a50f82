package org.bitcloud.chain;

import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.state.StateProof;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// The read half of a chain. Safe for any number of threads, also while blocks are committed.
public interface ChainView {
  /// Returns what the network began with.
  Genesis genesis();

  /// Returns the identity of the network.
  Hash genesisHash();

  /// Returns the rules that blocks are executed by.
  Rules rules();

  /// Returns head, safe and finalized as of one moment.
  Heads heads();

  /// Returns the header of the last committed block.
  default BlockHeader head() {
    return heads().head();
  }

  /// Returns the block that tag `safe` names.
  default BlockRef safe() {
    return heads().safe();
  }

  /// Returns the block that tag `finalized` names.
  default BlockRef finalized() {
    return heads().finalized();
  }

  /// Returns a header of any branch, committed, executed or abandoned.
  Optional<BlockHeader> header(Hash block);

  /// Returns a header of any branch with its seal proof.
  Optional<SealedHeader> sealedHeader(Hash block);

  /// Returns a block of any branch, committed, executed or abandoned.
  Optional<Block> block(Hash block);

  /// Returns the hash of the committed block at a height.
  Optional<Hash> hashAt(Height height);

  /// Returns the header of the committed block at a height.
  default Optional<BlockHeader> headerAt(Height height) {
    return hashAt(height).flatMap(this::header);
  }

  /// Returns the committed block at a height.
  default Optional<Block> blockAt(Height height) {
    return hashAt(height).flatMap(this::block);
  }

  /// Returns the lowest height above genesis from which on blocks and receipts are kept. Below it,
  /// where a chain began with a snapshot or is pruned, there are headers at most.
  Height oldestBlock();

  /// Returns one receipt for each transaction of a block that was executed.
  Optional<List<Receipt>> receipts(Hash block);

  /// Returns the place of a transaction on the committed line.
  Optional<TransactionLocation> transaction(Hash transaction);

  /// Returns the state after the head. The caller must close it.
  StateView latestState();

  /// Returns the state after a committed block. The caller must close it.
  ///
  /// @throws HistoryException when that state is no longer kept, or not there yet
  StateView stateAt(Height height) throws HistoryException;

  /// Returns an account as of the head.
  Account account(Address address);

  /// Returns a proof that the state after a committed block holds a key with its value, or does not
  /// hold it; to be checked against `roots.state` of that block.
  ///
  /// @throws HistoryException when that state is no longer kept, or not there yet
  StateProof proof(Bytes key, Height height) throws HistoryException;

  /// Returns the wanted logs of the committed line in its order; heights above the head have none.
  ///
  /// @throws LogRangeException when the range or the answer is too large, or reaches below
  ///   [#oldestBlock]
  List<LogEntry> logs(LogFilter filter) throws LogRangeException;

  /// Returns what the rules were told when they executed a block, for calls on the state after it.
  ///
  /// @throws IllegalArgumentException when the parent is unknown
  BlockContext contextOf(BlockHeader header);

  /// Returns what the rules would be told of the next block.
  ///
  /// @param timeMillis its time
  /// @param proposer its proposer
  BlockContext pendingContext(long timeMillis, Address proposer);

  /// Returns an entry of the engine's own, written with [Commit#sideData].
  Optional<Bytes> sideData(Bytes key);

  /// Returns the proof of finality stored beside a block.
  Optional<Bytes> certificate(Hash block);

  /// Tells a listener of every block from now on, until the subscription is closed.
  Subscription subscribe(ChainListener listener);
}
