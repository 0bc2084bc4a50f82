package org.bitcloud.consensus;

import java.time.Instant;
import java.util.List;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Roots;
import org.bitcloud.consensus.validator.KeyType;
import org.bitcloud.consensus.validator.Validator;
import org.bitcloud.consensus.validator.ValidatorKey;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Keys, headers and transactions that the tests share.
public final class Fixtures {
  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  public static final long CHAIN_ID = 201403;

  private Fixtures() {}

  /// The key with the private number `n`, 1 to 127.
  public static KeyPair key(int n) {
    byte[] secret = new byte[32];
    secret[31] = (byte) n;
    return KeyPair.of(Bytes.wrap(secret));
  }

  public static ValidatorKey validatorKey(KeyPair key) {
    return new ValidatorKey(KeyType.SECP256K1, key.publicKey());
  }

  /// The set whose only member is `key`.
  public static ValidatorSet only(KeyPair key) {
    return new ValidatorSet(0, List.of(new Validator(validatorKey(key), 1)));
  }

  public static BlockHeader genesisHeader(ValidatorSet validators, Instant time) {
    return new BlockHeader(
        Hash.ZERO,
        Height.GENESIS,
        time.toEpochMilli(),
        Address.ZERO,
        Bytes.of((byte) 0xc0),
        new Roots(Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO),
        Bytes.wrap(new byte[256]),
        30_000_000,
        0,
        Amount.of(7),
        Hash.ZERO,
        validators.hash(),
        validators.hash());
  }

  /// A transfer of one drop to nobody in particular.
  public static SignedTransaction transfer(KeyPair from, long nonce) {
    return SignedTransaction.sign(
        new DynamicFeeTransaction(
            CHAIN_ID,
            nonce,
            Amount.of(1_000_000_000),
            Amount.of(100_000_000_000L),
            21_000,
            key(99).address(),
            Amount.of(1),
            Bytes.EMPTY),
        from);
  }
}
