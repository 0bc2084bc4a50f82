package org.bitcloud.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.bitcloud.contracts.storage.Challenge;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageProof;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;

/// A provider that keeps sectors, may lose some of them, and proves what it still has.
public final class SimulatedProvider {
  private final SimulatedChain chain;
  private final String name;
  private final KeyPair key;
  private final Map<Hash, Map<Hash, Holding>> holdings = new HashMap<>();

  /// The provider of a name.
  public SimulatedProvider(SimulatedChain chain, String name) {
    this.chain = chain;
    this.name = name;
    this.key = chain.key(name);
  }

  /// One revision of a contract: its sectors, and which of its leaves are gone.
  private record Holding(ContractTree tree, List<SeededSector> sectors, BitSet lost) {
    Bytes leaf(long leaf) {
      return sectors.get((int) (leaf / Sector.LEAVES)).leaf((int) (leaf % Sector.LEAVES));
    }

    List<Hash> siblings(long[] leaves) {
      return tree.siblings(leaves, root -> sectors.get(tree.sectors().indexOf(root)).nodes());
    }
  }

  /// Its account.
  public Address address() {
    return key.address();
  }

  /// Its key.
  public KeyPair key() {
    return key;
  }

  /// Its name.
  public String name() {
    return name;
  }

  /// Adds to its funds in the next block.
  public void deposit(Amount amount) {
    Hash _ = chain.submit(key, amount, new StorageCall.Deposit());
  }

  /// Countersigns terms or a revision.
  Bytes sign(Hash digest) {
    return key.sign(digest).toBytes65();
  }

  /// Keeps the sectors of a revision, beside those of earlier ones.
  void hold(Hash contract, ContractTree tree, List<SeededSector> sectors) {
    var _ =
        holdings
            .computeIfAbsent(contract, _ -> new HashMap<>())
            .put(
                tree.root(),
                new Holding(ContractTree.of(tree.sectors()), List.copyOf(sectors), new BitSet()));
  }

  /// Loses a share of the leaves of everything that it holds: in each contract just so many, which
  /// ones the network's seed decides.
  public void lose(double share) {
    RandomGenerator random = chain.setup().random("losses of " + name);
    for (Map.Entry<Hash, Map<Hash, Holding>> contract : new TreeMap<>(holdings).entrySet()) {
      for (Holding holding : new TreeMap<>(contract.getValue()).values()) {
        int leaves = holding.sectors().size() * Sector.LEAVES;
        long count = Math.round(share * leaves);
        while (holding.lost().cardinality() < count) {
          holding.lost().set(random.nextInt(leaves));
        }
      }
    }
  }

  /// Loses all leaves of one contract.
  public void lose(Deal deal) {
    holdings
        .getOrDefault(deal.id(), Map.of())
        .values()
        .forEach(holding -> holding.lost().set(0, holding.sectors().size() * Sector.LEAVES));
  }

  /// The draws of the open window that it can answer.
  public List<Challenge.Drawn> provable() {
    Map<Hash, Optional<Holding>> frozen = new HashMap<>();
    return chain.challenge(address()).leaves().stream()
        .filter(
            drawn ->
                frozen
                    .computeIfAbsent(drawn.contractId(), this::frozen)
                    .filter(holding -> !holding.lost().get((int) drawn.leafIndex()))
                    .isPresent())
        .toList();
  }

  private Optional<Holding> frozen(Hash contract) {
    Map<Hash, Holding> revisions = holdings.getOrDefault(contract, Map.of());
    if (revisions.size() == 1) {
      // Only what holds sectors is drawn, so it can be no other; a view would cost a settlement.
      return revisions.values().stream().findAny();
    }
    Hash root = chain.contract(contract).frozen().root();
    return Optional.ofNullable(revisions.get(root));
  }

  /// The best answer to the challenge of the open window; empty when it has none of the leaves.
  public Optional<StorageProof> proof() {
    Map<Hash, TreeSet<Long>> leaves = new TreeMap<>();
    for (Challenge.Drawn drawn : provable()) {
      leaves.computeIfAbsent(drawn.contractId(), _ -> new TreeSet<>()).add(drawn.leafIndex());
    }
    List<StorageProof.Answer> answers = new ArrayList<>();
    leaves.forEach((contract, indices) -> answers.add(answer(contract, List.copyOf(indices))));
    return answers.isEmpty() ? Optional.empty() : Optional.of(new StorageProof(answers));
  }

  /// Leaves of a contract's frozen revision with their proof, whether drawn or not.
  ///
  /// @param indices in rising order
  /// @throws java.util.NoSuchElementException if it never held the contract
  public StorageProof.Answer answer(Hash contract, List<Long> indices) {
    Holding holding = frozen(contract).orElseThrow();
    return new StorageProof.Answer(
        contract,
        indices,
        Bytes.concat(indices.stream().map(holding::leaf).toArray(Bytes[]::new)),
        Bytes.concat(
            holding.siblings(indices.stream().mapToLong(Long::longValue).toArray()).stream()
                .map(Hash::bytes)
                .toArray(Bytes[]::new)));
  }

  /// Proves the open window in the next block as well as it can.
  ///
  /// @return the transaction; empty when there is nothing to prove or nothing to prove it with
  public Optional<Hash> prove() {
    return proof().map(proof -> prove(chain.window().index(), proof));
  }

  /// Sends any proof for any window in the next block.
  public Hash prove(long window, StorageProof proof) {
    return chain.submit(key, Amount.ZERO, new StorageCall.Prove(window, proof.encode()));
  }
}
