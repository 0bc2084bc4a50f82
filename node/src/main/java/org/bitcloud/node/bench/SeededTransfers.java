package org.bitcloud.node.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;

/// Transfers of types 0 and 2, half each, from senders drawn at random to addresses that nobody has
/// used: the state grows by an account with each. The same numbers give the same bytes.
final class SeededTransfers implements TransferPlan {
  static final long CHAIN_ID = 201_403;

  private static final long SEED = 20_141;
  private static final long GAS = 21_000;
  private static final Amount GIGA = Amount.of(1_000_000_000L);

  private final int blocks;
  private final int transfersPerBlock;
  private final List<KeyPair> senders;
  private final long[] nonces;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private int made;

  SeededTransfers(int blocks, int transfersPerBlock, int senders) {
    this.blocks = blocks;
    this.transfersPerBlock = transfersPerBlock;
    this.senders =
        IntStream.range(0, senders)
            .parallel()
            .mapToObj(i -> KeyPair.of(Sha256.hash(Bytes.ofUtf8("bench sender " + i)).bytes()))
            .toList();
    this.nonces = new long[senders];
  }

  @Override
  public String identity() {
    return "%dx%d-%d".formatted(blocks, transfersPerBlock, senders.size());
  }

  @Override
  public long chainId() {
    return CHAIN_ID;
  }

  @Override
  public int blocks() {
    return blocks;
  }

  @Override
  public int transfersPerBlock() {
    return transfersPerBlock;
  }

  @Override
  public List<GenesisAllocation> allocations() {
    return senders.stream()
        .map(key -> new GenesisAllocation(key.address(), Amount.CLOUDCOIN.times(1_000_000)))
        .toList();
  }

  private record Unsigned(Transaction transfer, KeyPair sender) {}

  @Override
  public List<SignedTransaction> next() {
    if (made == blocks) {
      return List.of();
    }
    made++;
    List<Unsigned> block = new ArrayList<>(transfersPerBlock);
    for (int i = 0; i < transfersPerBlock; i++) {
      int sender = random.nextInt(senders.size());
      byte[] to = new byte[Address.SIZE];
      random.nextBytes(to);
      block.add(
          new Unsigned(
              transfer(i, nonces[sender]++, new Address(Bytes.wrap(to)), 1 + random.nextInt(1_000)),
              senders.get(sender)));
    }
    return block.parallelStream()
        .map(each -> SignedTransaction.sign(each.transfer(), each.sender()))
        .toList();
  }

  private static Transaction transfer(int index, long nonce, Address to, long drops) {
    return index % 2 == 0
        ? new LegacyTransaction(
            CHAIN_ID, nonce, GIGA.times(2), GAS, to, Amount.of(drops), Bytes.EMPTY)
        : new DynamicFeeTransaction(
            CHAIN_ID, nonce, GIGA, GIGA.times(2), GAS, to, Amount.of(drops), Bytes.EMPTY);
  }

  @Override
  public void close() {}
}
