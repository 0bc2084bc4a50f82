package org.bitcloud.consensus.ledger;

import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Hash;

/// What the ledger made of a genesis.
///
/// @param validators the first set
/// @param stateRoot the state before the first block
public record GenesisResult(ValidatorSet validators, Hash stateRoot) {}
