package org.bitcloud.node;

import java.util.Optional;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.consensus.ConsensusEngine;
import org.bitcloud.consensus.EngineConfig;
import org.bitcloud.consensus.EngineConfigException;
import org.bitcloud.consensus.Engines;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.consensus.validator.ValidatorSource;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.Journal;
import org.bitcloud.contracts.Rules;

/// Carries out a genesis in memory, to find what is wrong with it before a node is founded.
public final class GenesisCheck {
  private GenesisCheck() {}

  /// Makes the engine with its parameters and validators, and the first state.
  ///
  /// @throws ServiceException names what the engine or a corporation does not take
  public static void check(Genesis genesis) throws ServiceException {
    try {
      ConsensusEngine _ =
          Engines.load(genesis.engineId())
              .create(
                  new EngineConfig(
                      genesis.genesisHash(),
                      genesis.engineParameters(),
                      ValidatorSource.fixed(ValidatorSet.ofGenesis(genesis.validators())),
                      Optional.empty()));
      Rules.of(genesis.chainId(), genesis.feeSchedule(), Corporations.load(genesis.corporations()))
          .genesis(new Journal(_ -> null), genesis.spec());
    } catch (EngineConfigException | GenesisException | IllegalArgumentException e) {
      throw new ServiceException("the genesis cannot be carried out: " + e.getMessage(), e);
    }
  }
}
