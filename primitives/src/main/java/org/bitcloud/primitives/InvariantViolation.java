package org.bitcloud.primitives;

/// A condition that holds in every correct program does not hold: a bug, or a broken machine.
///
/// An error rather than an exception, so that no handler of expected failures swallows it.
public final class InvariantViolation extends Error {
  private static final long serialVersionUID = 1L;

  InvariantViolation(String message) {
    super(message);
  }
}
