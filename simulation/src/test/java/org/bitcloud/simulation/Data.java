package org.bitcloud.simulation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Sectors that all tests share, since their trees are dear to make.
final class Data {
  private static final Map<Integer, SeededSector> SECTORS = new ConcurrentHashMap<>();

  private Data() {}

  static SeededSector sector(int number) {
    return SECTORS.computeIfAbsent(number, SeededSector::new);
  }

  static List<SeededSector> sectors(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Data::sector).toList();
  }
}
