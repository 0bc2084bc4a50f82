package org.bitcloud.node.http;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread of Netty to which a connection belongs, as others see it.
final class ConnectionThread {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionThread.class);

  private ConnectionThread() {}

  /// Runs a task there, or not at all once the server has stopped: then the connection is cut, and
  /// a request that outlasted it has nobody to answer.
  static void run(EventExecutor thread, Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("a request outlasted the server");
    }
  }
}
