package org.bitcloud.consensus;

import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds engines by name.
public final class Engines {
  private Engines() {}

  /// The provider of the engine `id`.
  ///
  /// @throws EngineConfigException when there is none; the message lists those that there are
  public static ConsensusEngineProvider load(String id) {
    SortedMap<String, ConsensusEngineProvider> known = new TreeMap<>();
    for (ConsensusEngineProvider provider : ServiceLoader.load(ConsensusEngineProvider.class)) {
      ConsensusEngineProvider other = known.put(provider.id(), provider);
      if (other != null) {
        throw new EngineConfigException(
            "two engines are called '"
                + provider.id()
                + "': "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName());
      }
    }
    ConsensusEngineProvider found = known.get(id);
    if (found == null) {
      throw new EngineConfigException(
          "unknown consensus engine '" + id + "'; there are: " + String.join(", ", known.keySet()));
    }
    return found;
  }
}
