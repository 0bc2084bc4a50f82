package org.bitcloud.consensus;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.primitives.Hash;

/// What an engine is made from.
///
/// @param genesisHash the network, part of all that is signed
/// @param parameters of the engine, from genesis
/// @param validators where validator sets come from
/// @param localKey the public key that this node's signer signs for, or empty when it only follows
public record EngineConfig(
    Hash genesisHash,
    SortedMap<String, String> parameters,
    ValidatorSource validators,
    Optional<ValidatorKey> localKey) {
  /// Takes an unmodifiable copy.
  public EngineConfig {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
