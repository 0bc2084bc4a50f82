package org.bitcloud.store;

/// What a write promises when it returns.
public enum Durability {
  /// The batch, and all written before it, survive a crash of process and machine.
  SYNC,
  /// The batch survives a crash of the process where the operating system lives on; after a crash
  /// of the machine the newest such batches may be missing, never one before another.
  ASYNC
}
