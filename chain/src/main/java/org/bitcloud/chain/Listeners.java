package org.bitcloud.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners of what happened, one after the other on the caller's thread.
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();

  Subscription add(ChainListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void tell(Committer.Change change) {
    change.reverted().forEach(block -> each(listener -> listener.reverted(block)));
    change
        .applied()
        .forEach(
            executed -> {
              AppliedBlock block = executed.applied();
              each(listener -> listener.applied(block));
            });
  }

  /* The commit stands whatever a listener thinks of it. One that fails has lost its place in the
  sequence, so it is not asked again. */
  private void each(Consumer<ChainListener> news) {
    List<ChainListener> failed = new ArrayList<>();
    for (ChainListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        failed.add(listener);
        LOG.error("dropped the chain listener {}, which failed", listener, e);
      }
    }
    listeners.removeAll(failed);
  }
}
