package org.bitcloud.market.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitcloud.contracts.storage.Challenge;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.StorageProof;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.market.sector.CorruptSectorException;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.market.sector.SectorMissingException;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers challenges: reads the drawn leaves and the path from each to the root that the chain
/// froze. What is missing or damaged is left out and reported.
final class ProofBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(ProofBuilder.class);

  private final StorageClient chain;
  private final ContractBook book;
  private final SectorStore sectors;
  private final DamageLog damage;

  ProofBuilder(StorageClient chain, ContractBook book, SectorStore sectors, DamageLog damage) {
    this.chain = chain;
    this.book = book;
    this.sectors = sectors;
    this.damage = damage;
  }

  /// The answer to a challenge; empty when nothing of it can be answered.
  StorageProof build(Challenge challenge) throws LedgerException {
    Map<Hash, TreeSet<Long>> drawn = new TreeMap<>();
    for (Challenge.Drawn draw : challenge.leaves()) {
      drawn.computeIfAbsent(draw.contractId(), _ -> new TreeSet<>()).add(draw.leafIndex());
    }
    List<StorageProof.Answer> answers = new ArrayList<>();
    for (Map.Entry<Hash, TreeSet<Long>> group : drawn.entrySet()) {
      StorageProof.@Nullable Answer answer = answer(group.getKey(), group.getValue());
      if (answer != null) {
        answers.add(answer);
      }
    }
    return new StorageProof(answers);
  }

  private StorageProof.@Nullable Answer answer(Hash contract, SortedSet<Long> leaves)
      throws LedgerException {
    @Nullable ContractEntry entry = book.entry(contract);
    ContractStatus status = chain.contract(contract).orElse(null);
    if (entry == null || status == null) {
      LOG.error("contract {} is challenged but not in the book", contract);
      return null;
    }
    entry.lock.lock();
    try {
      @Nullable ContractTree tree = frozenTree(entry, status.frozen().root());
      if (tree == null) {
        LOG.error("contract {}: no sector list with root {}", contract, status.frozen().root());
        return null;
      }
      return answer(contract, tree, leaves);
    } finally {
      entry.lock.unlock();
    }
  }

  private static @Nullable ContractTree frozenTree(ContractEntry entry, Hash root) {
    if (entry.tree.root().equals(root)) {
      return entry.tree;
    }
    for (Undo undo : entry.undos) {
      if (undo.root().equals(root)) {
        @Nullable List<Hash> list = entry.sectorsAt(undo.number());
        return list == null ? null : ContractTree.of(list);
      }
    }
    return null;
  }

  private StorageProof.@Nullable Answer answer(
      Hash contract, ContractTree tree, SortedSet<Long> wanted) {
    TreeSet<Long> left = new TreeSet<>(wanted);
    // Each round loses at least one sector or is the last.
    for (int round = 0; round <= wanted.size(); round++) {
      left.removeIf(leaf -> isMissing(tree.sector(sectorOf(leaf))));
      if (left.isEmpty()) {
        return null;
      }
      try {
        return read(contract, tree, left);
      } catch (CorruptSectorException e) {
        damage.report(e.root());
        left.removeIf(leaf -> tree.sector(sectorOf(leaf)).equals(e.root()));
      } catch (SectorMissingException e) {
        LOG.warn("contract {}: {}", contract, e.getMessage());
      }
    }
    return null;
  }

  private boolean isMissing(Hash root) {
    if (sectors.contains(root)) {
      return false;
    }
    damage.report(root);
    return true;
  }

  private StorageProof.Answer read(Hash contract, ContractTree tree, SortedSet<Long> leaves) {
    Bytes[] data = new Bytes[leaves.size()];
    long[] numbers = new long[leaves.size()];
    int i = 0;
    for (long leaf : leaves) {
      numbers[i] = leaf;
      data[i++] = sectors.read(tree.sector(sectorOf(leaf)), (int) (leaf % Sector.LEAVES), 1).data();
    }
    List<Hash> siblings = tree.siblings(numbers, sectors::nodes);
    return new StorageProof.Answer(
        contract,
        List.copyOf(leaves),
        Bytes.concat(data),
        Bytes.concat(siblings.stream().map(Hash::bytes).toArray(Bytes[]::new)));
  }

  private static int sectorOf(long leaf) {
    return Math.toIntExact(leaf / Sector.LEAVES);
  }
}
