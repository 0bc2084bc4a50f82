package org.bitcloud.chain.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.bitcloud.chain.TestNetwork;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.Test;

class GenesisTest {
  private final Genesis genesis = TestNetwork.genesis(TestNetwork.START_MILLIS);

  private Genesis with(List<GenesisAllocation> allocations, long gasLimit) {
    return new Genesis(
        genesis.chainId(),
        genesis.engineId(),
        new TreeMap<>(genesis.engineParameters()),
        allocations,
        new TreeMap<>(genesis.corporations()),
        genesis.feeSchedule(),
        gasLimit,
        genesis.initialBaseFee(),
        genesis.timeMillis(),
        genesis.validators());
  }

  @Test
  void matchesTheGoldenRecord() {
    TestNetwork network = TestNetwork.open();
    String text =
        String.join(
            "\n",
            "record " + genesis.encode(),
            "hash " + genesis.genesisHash(),
            "validators " + genesis.validatorsHash(),
            "header " + network.chain.head().encode(),
            "block " + network.chain.head().hash(),
            "");
    Golden.file(Path.of("..", "docs", "spec", "genesis-golden.txt")).matches(text);
  }

  @Test
  void doesNotDependOnTheOrderOfAllocations() {
    List<GenesisAllocation> reversed = genesis.allocations().reversed();
    assertEquals(genesis.genesisHash(), with(reversed, genesis.gasLimit()).genesisHash());
  }

  @Test
  void dependsOnEveryParameter() {
    assertNotEquals(
        genesis.genesisHash(), with(genesis.allocations(), genesis.gasLimit() + 1).genesisHash());
    assertNotEquals(genesis.genesisHash(), with(List.of(), genesis.gasLimit()).genesisHash());
    assertNotEquals(
        genesis.genesisHash(), TestNetwork.genesis(TestNetwork.START_MILLIS + 1).genesisHash());
  }

  @Test
  void refusesTwoAllocationsForOneAddress() {
    List<GenesisAllocation> twice = new ArrayList<>(genesis.allocations());
    twice.add(new GenesisAllocation(twice.getFirst().address(), Amount.ONE));
    assertThrows(IllegalArgumentException.class, () -> with(twice, 1));
  }

  @Test
  void rootsTheValidatorSet() {
    assertEquals(
        MerkleTree.leaf(genesis.validators().getFirst().encode()), genesis.validatorsHash());
  }
}
