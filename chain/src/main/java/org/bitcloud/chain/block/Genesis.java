package org.bitcloud.chain.block;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.GenesisSpec;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.bitcloud.primitives.rlp.RlpWriter;

/// Everything that nodes of one network must agree on before the first block;
/// `docs/spec/genesis.md`.
///
/// The network's identity is [#genesisHash]. Boot nodes are no part of it.
///
/// @param chainId number that signatures name
/// @param engineId word by which the consensus engine is found
/// @param engineParameters what the engine is told, sorted by name
/// @param allocations first balances, sorted by address, each address once
/// @param corporations parameters of each corporation that exists, by its word
/// @param feeSchedule cost of everything
/// @param gasLimit gas of every block
/// @param initialBaseFee base fee of the genesis block, in drops
/// @param timeMillis time of the genesis block, milliseconds since 1970
/// @param validators first validator set, in the given order
public record Genesis(
    long chainId,
    String engineId,
    SortedMap<String, String> engineParameters,
    List<GenesisAllocation> allocations,
    SortedMap<String, SortedMap<String, String>> corporations,
    FeeSchedule feeSchedule,
    long gasLimit,
    Amount initialBaseFee,
    long timeMillis,
    List<GenesisValidator> validators) {

  /* Changes of this encoding get a new word, so that an old and a new node never agree by chance. */
  private static final String FORMAT = "bitcloud/genesis/1";

  /// Sorts and copies.
  ///
  /// @throws IllegalArgumentException when an address has two allocations
  public Genesis {
    engineParameters = Collections.unmodifiableSortedMap(new TreeMap<>(engineParameters));
    allocations = sorted(allocations);
    corporations = copy(corporations);
    validators = List.copyOf(validators);
  }

  /// Returns the identity of the network: Keccak-256 of [#encode].
  public Hash genesisHash() {
    return Keccak.hash(encode());
  }

  /// Returns the Merkle root over the validators: what a header's `validators` holds at first.
  public Hash validatorsHash() {
    return MerkleTree.root(
        validators.stream().map(validator -> MerkleTree.leaf(validator.encode())).toList());
  }

  /// Returns what the rules need to make the first state.
  public GenesisSpec spec() {
    Map<Address, Amount> balances = new LinkedHashMap<>();
    for (GenesisAllocation allocation : allocations) {
      balances.put(allocation.address(), allocation.balance());
    }
    Map<String, Map<String, String>> parameters = new LinkedHashMap<>(corporations);
    return new GenesisSpec(genesisHash(), timeMillis, balances, parameters);
  }

  /// Returns the canonical RLP, in the order of the components; maps as lists of pairs.
  public Bytes encode() {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          out.text(FORMAT);
          out.number(chainId);
          out.text(engineId);
          writeMap(out, engineParameters);
          out.beginList();
          for (GenesisAllocation allocation : allocations) {
            out.beginList();
            out.address(allocation.address());
            out.amount(allocation.balance());
            out.endList();
          }
          out.endList();
          out.beginList();
          corporations.forEach(
              (id, parameters) -> {
                out.beginList();
                out.text(id);
                writeMap(out, parameters);
                out.endList();
              });
          out.endList();
          out.raw(feeSchedule.encode());
          out.number(gasLimit);
          out.amount(initialBaseFee);
          out.number(timeMillis);
          out.beginList();
          for (GenesisValidator validator : validators) {
            out.raw(validator.encode());
          }
          out.endList();
          out.endList();
        });
  }

  private static void writeMap(RlpWriter out, SortedMap<String, String> map) {
    out.beginList();
    map.forEach(
        (name, value) -> {
          out.beginList();
          out.text(name);
          out.text(value);
          out.endList();
        });
    out.endList();
  }

  private static List<GenesisAllocation> sorted(List<GenesisAllocation> allocations) {
    Set<Address> seen = new HashSet<>();
    for (GenesisAllocation allocation : allocations) {
      if (!seen.add(allocation.address())) {
        throw new IllegalArgumentException("two allocations for " + allocation.address());
      }
    }
    List<GenesisAllocation> sorted = new ArrayList<>(allocations);
    sorted.sort(Comparator.comparing(allocation -> allocation.address().bytes()));
    return List.copyOf(sorted);
  }

  private static SortedMap<String, SortedMap<String, String>> copy(
      SortedMap<String, SortedMap<String, String>> corporations) {
    SortedMap<String, SortedMap<String, String>> copy = new TreeMap<>();
    corporations.forEach(
        (id, parameters) ->
            copy.put(id, Collections.unmodifiableSortedMap(new TreeMap<>(parameters))));
    return Collections.unmodifiableSortedMap(copy);
  }
}
