package org.bitcloud.consensus;

import java.io.IOException;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.consensus.ledger.TransactionVerdict;
import org.bitcloud.primitives.Bytes;

/// An engine that owns the loop and calls the ledger, such as CometBFT over ABCI 2.0.
public non-sealed interface ExternalEngine extends ConsensusEngine, AutoCloseable {
  /// Begins to serve the engine.
  ///
  /// @param ledger called by one thread at a time
  /// @param events told what the operator should know
  /// @throws IOException when the engine cannot be reached or its genesis is another
  void start(LedgerPort ledger, EngineEvents events) throws IOException;

  /// Hands a transaction to the engine's own pool.
  TransactionVerdict submit(Bytes transaction);

  /// Stops serving; bounded in time.
  @Override
  void close();
}
