package org.bitcloud.market.renter;

/// Hears how a long job is getting on.
///
/// Called often and by several threads, one at a time; it must not block.
@FunctionalInterface
public interface Progress {
  /// Listens to nothing.
  Progress NONE = _ -> {};

  /// Takes the state of the job.
  void update(State state);

  /// What a job is doing.
  enum Stage {
    /// Looking at the source and at the providers on chain.
    PREPARING,
    /// Forming contracts.
    FORMING,
    /// Sending shards, or fetching them.
    TRANSFERRING,
    /// Sending again what got lost on the way.
    REPAIRING,
    /// Agreeing on revisions and posting them.
    CONFIRMING,
    /// Ending contracts after a failure, for the refund.
    UNDOING,
    /// Done.
    DONE
  }

  /// A job's state at one moment.
  ///
  /// @param stage what it is doing
  /// @param bytesDone bytes of the object that were read or written
  /// @param bytesTotal bytes of the object
  /// @param shardsPlaced shards that are durable at their providers
  /// @param shardsTotal shards to place
  /// @param contracts contracts confirmed on chain
  /// @param contractsTotal contracts needed
  /// @param note a sentence for people, perhaps empty
  record State(
      Stage stage,
      long bytesDone,
      long bytesTotal,
      long shardsPlaced,
      long shardsTotal,
      int contracts,
      int contractsTotal,
      String note) {}
}
