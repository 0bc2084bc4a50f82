package org.bitcloud.market.provider;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bitcloud.primitives.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sectors found missing or damaged, for the log and the status. Safe for any number of threads.
final class DamageLog {
  private static final Logger LOG = LoggerFactory.getLogger(DamageLog.class);
  private static final int KEPT_MAX = 1000;

  private final Set<Hash> sectors = new LinkedHashSet<>();

  /// Notes a sector; each is logged once.
  synchronized void report(Hash root) {
    if (sectors.size() < KEPT_MAX && sectors.add(root)) {
      LOG.warn("sector {} is missing or damaged; its challenges cannot be answered", root);
    }
  }

  /// The sectors noted.
  synchronized List<Hash> sectors() {
    return new ArrayList<>(sectors);
  }
}
