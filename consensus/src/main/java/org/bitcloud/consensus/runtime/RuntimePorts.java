package org.bitcloud.consensus.runtime;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.bitcloud.consensus.ledger.LedgerPort;

/// Everything through which an engine acts.
///
/// @param ledger called by the ledger's thread only
/// @param signer the consensus key and its guard
/// @param network other nodes
/// @param log the engine's write-ahead log
/// @param grinder looks for nonces
/// @param pool checks signatures
/// @param clock this node's time
public record RuntimePorts(
    LedgerPort ledger,
    Signer signer,
    Broadcast network,
    EngineLog log,
    Grinder grinder,
    Executor pool,
    InstantSource clock) {
  /// For an engine that needs no peers, no log and no work: one signer alone.
  public static RuntimePorts alone(LedgerPort ledger, Signer signer, InstantSource clock) {
    return new RuntimePorts(
        ledger, signer, Broadcast.ALONE, EngineLog.NONE, Grinder.NONE, Runnable::run, clock);
  }
}
