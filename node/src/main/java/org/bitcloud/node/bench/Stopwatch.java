package org.bitcloud.node.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Measures wall time and the processor time of the whole process, which stays meaningful where the
/// machine is shared.
public final class Stopwatch {
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long wallNanos = System.nanoTime();
  private final long cpuNanos = SYSTEM.getProcessCpuTime();

  private Stopwatch() {}

  /// What a stretch of work took.
  ///
  /// @param seconds of the wall clock
  /// @param cpuSeconds of all processors together
  public record Time(double seconds, double cpuSeconds) {}

  /// Begins to measure.
  public static Stopwatch start() {
    return new Stopwatch();
  }

  /// What it took since the start.
  public Time stop() {
    return new Time(
        (System.nanoTime() - wallNanos) / NANOS, (SYSTEM.getProcessCpuTime() - cpuNanos) / NANOS);
  }
}
