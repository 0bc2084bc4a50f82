package org.bitcloud.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Services that start in the order of their list and stop in reverse.
public final class BitcloudNode implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(BitcloudNode.class);

  private final String name;
  private final List<Service> services;
  private final Deque<Service> running = new ArrayDeque<>();

  /// A node of services that are not started yet.
  public BitcloudNode(String name, List<Service> services) {
    this.name = name;
    this.services = List.copyOf(services);
  }

  @Override
  public String name() {
    return name;
  }

  /// Starts the services one after the other; where one fails, those before it are stopped again.
  @Override
  public synchronized void start() throws ServiceException {
    for (Service service : services) {
      long begun = System.nanoTime();
      try {
        service.start();
      } catch (ServiceException | RuntimeException e) {
        stop();
        throw e;
      }
      running.push(service);
      LOG.info(
          "{}: {} started in {} ms", name, service.name(), (System.nanoTime() - begun) / 1_000_000);
    }
  }

  @Override
  public synchronized void stop() {
    while (!running.isEmpty()) {
      Service service = running.pop();
      try {
        service.stop();
        LOG.info("{}: {} stopped", name, service.name());
      } catch (RuntimeException e) { // the others must be stopped all the same
        LOG.error("{}: {} did not stop cleanly", name, service.name(), e);
      }
    }
  }
}
