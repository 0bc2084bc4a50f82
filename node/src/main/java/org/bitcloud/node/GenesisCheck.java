package org.bitcloud.node;

import java.util.Optional;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.consensus.ConsensusEngine;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.Journal;

/// Carries out a genesis in memory, to find what is wrong with it before a node is founded.
public final class GenesisCheck {
  private GenesisCheck() {}

  /// Makes the engine with its parameters and validators, and the first state.
  ///
  /// @throws ServiceException names what the engine or a corporation does not take
  public static void check(Genesis genesis) throws ServiceException {
    try {
      ConsensusEngine _ =
          GenesisParts.engine(
              genesis,
              ValidatorSource.fixed(ValidatorSet.ofGenesis(genesis.validators())),
              Optional.empty());
      GenesisParts.rules(genesis).genesis(new Journal(_ -> null), genesis.spec());
    } catch (EngineConfigException | GenesisException | IllegalArgumentException e) {
      throw new ServiceException("the genesis cannot be carried out: " + e.getMessage(), e);
    }
  }
}
