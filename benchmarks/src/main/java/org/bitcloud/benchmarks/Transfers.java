package org.bitcloud.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.LegacyTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;

/// The work of the ledger's benchmarks: plain transfers of types 0 and 2, from many senders to
/// fresh recipients, and a genesis that funds the senders.
final class Transfers {
  static final long CHAIN_ID = 201_403;
  private static final int SENDERS = 500;
  private static final Amount GIGA = Amount.of(1_000_000_000L);
  private static final long GAS = 21_000;

  private final List<KeyPair> senders = new ArrayList<>();

  Transfers() {
    for (int i = 0; i < SENDERS; i++) {
      senders.add(KeyPair.of(digest("sender", i)));
    }
  }

  Genesis genesis(int transfersPerBlock) {
    return new Genesis(
        CHAIN_ID,
        "none",
        new TreeMap<>(),
        senders.stream()
            .map(key -> new GenesisAllocation(key.address(), Amount.CLOUDCOIN))
            .toList(),
        new TreeMap<>(),
        FeeSchedule.DEFAULT,
        2 * GAS * transfersPerBlock,
        GIGA,
        1,
        List.of(
            new GenesisValidator(GenesisValidator.SECP256K1, senders.getFirst().publicKey(), 1)));
  }

  /// Returns so many transfers, whose senders' nonces go on from `round` × the number each sends.
  List<SignedTransaction> make(int count, int round) {
    int each = (count + SENDERS - 1) / SENDERS;
    List<SignedTransaction> transfers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long nonce = (long) round * each + i / SENDERS;
      Address to = new Address(digest("recipient", round * count + i).slice(0, Address.SIZE));
      Transaction transfer =
          i % 2 == 0
              ? new LegacyTransaction(
                  CHAIN_ID, nonce, GIGA.times(2), GAS, to, Amount.ONE, Bytes.EMPTY)
              : new DynamicFeeTransaction(
                  CHAIN_ID, nonce, Amount.ONE, GIGA.times(2), GAS, to, Amount.ONE, Bytes.EMPTY);
      transfers.add(SignedTransaction.sign(transfer, senders.get(i % SENDERS)));
    }
    return transfers;
  }

  private static Bytes digest(String what, int index) {
    return Sha256.hash(Bytes.ofUtf8(what + index)).bytes();
  }
}
