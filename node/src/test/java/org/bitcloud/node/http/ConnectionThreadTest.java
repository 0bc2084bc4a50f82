package org.bitcloud.node.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionThreadTest {
  @Test
  void runsTasksUntilTheServerHasStoppedAndDropsThemAfterwards() {
    DefaultEventExecutor thread = new DefaultEventExecutor();
    AtomicInteger ran = new AtomicInteger();
    ConnectionThread.run(thread, ran::incrementAndGet);
    var stopped = thread.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    assertTrue(stopped.awaitUninterruptibly(10, TimeUnit.SECONDS));
    ConnectionThread.run(thread, ran::incrementAndGet);
    assertEquals(1, ran.get());
  }
}
