package org.bitcloud.contracts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// Finds corporations by the words that genesis files use.
public final class Corporations {
  private Corporations() {}

  /// The corporations that genesis names, in the order of their ids; those with the parameter
  /// `activationHeight` act from that height on.
  ///
  /// @param genesis parameters of each corporation by its id
  /// @throws GenesisException if an id has no provider on the class path, or a height is no number
  public static List<Corporation> load(Map<String, ? extends Map<String, String>> genesis)
      throws GenesisException {
    Map<String, Map<String, String>> parameters = new TreeMap<>(genesis);
    List<Corporation> corporations = new ArrayList<>();
    for (Corporation corporation : load(parameters.keySet())) {
      Map<String, String> own = parameters.getOrDefault(corporation.name(), Map.of());
      corporations.add(ScheduledCorporation.of(corporation, own));
    }
    return List.copyOf(corporations);
  }

  /// The corporations of the given ids, in the order of their ids, active from the start.
  ///
  /// @throws GenesisException if an id has no provider on the class path
  public static List<Corporation> load(Collection<String> ids) throws GenesisException {
    Map<String, CorporationProvider> providers = new TreeMap<>();
    for (CorporationProvider provider : ServiceLoader.load(CorporationProvider.class)) {
      providers.put(provider.id(), provider);
    }
    List<Corporation> corporations = new ArrayList<>();
    for (String id : ids.stream().sorted().distinct().toList()) {
      CorporationProvider provider = providers.get(id);
      if (provider == null) {
        throw new GenesisException(
            "unknown corporation '" + id + "'; known are " + providers.keySet());
      }
      corporations.add(provider.create());
    }
    return List.copyOf(corporations);
  }
}
