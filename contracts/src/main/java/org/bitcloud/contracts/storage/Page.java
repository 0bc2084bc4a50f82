package org.bitcloud.contracts.storage;

import java.util.List;

/// A part of a list that only grows.
///
/// @param count entries of the whole list
/// @param entries those of this page
public record Page<T>(long count, List<T> entries) {
  /// Copies the list.
  public Page {
    entries = List.copyOf(entries);
  }
}
