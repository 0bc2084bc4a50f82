package org.bitcloud.chain;

import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.LogsBloom;
import org.bitcloud.chain.block.Roots;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.Journal;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.rlp.RlpWriter;

/// Makes block 0 and its state out of the genesis record; `docs/spec/genesis.md`.
final class GenesisBlock {
  private GenesisBlock() {}

  /// @param empty the sealed state of nothing
  static ExecutedBlock make(Genesis genesis, Rules rules, StateOverlay empty) {
    Journal journal = new Journal(empty::get);
    try {
      rules.genesis(journal, genesis.spec());
    } catch (GenesisException e) {
      throw new ChainException("genesis cannot be carried out: " + e.getMessage(), e);
    }
    StateOverlay state = empty.child();
    journal.changes().forEach((key, value) -> value.ifPresent(bytes -> state.put(key, bytes)));
    Hash validators = genesis.validatorsHash();
    BlockHeader header =
        new BlockHeader(
            genesis.genesisHash(),
            Height.GENESIS,
            genesis.timeMillis(),
            Address.ZERO,
            RlpWriter.encode(out -> out.beginList().endList()),
            new Roots(state.seal(), Hash.ZERO, Hash.ZERO, Hash.ZERO),
            LogsBloom.EMPTY,
            genesis.gasLimit(),
            0,
            genesis.initialBaseFee(),
            rules.beacon(state::get),
            validators,
            validators);
    Block block = new Block(header, Bytes.EMPTY, BlockBody.EMPTY);
    return new ExecutedBlock(block, header.hash(), List.of(), state);
  }
}
