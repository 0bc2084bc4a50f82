package org.bitcloud.node.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcloud.chain.BuildRequest;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.merkle.MerkleTree;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryStore;

/// How fast this machine verifies: the curve, the hashes, and a block of transfers on top of them.
public final class VerifyBench {
  private static final int TRANSFERS = 5_000;
  private static final int SENDERS = 2_500;
  private static final int BATCH = 64;

  private final Rate rate;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService pool = Executors.newFixedThreadPool(cores);

  private VerifyBench(long nanos) {
    this.rate = new Rate(nanos);
  }

  /// Hears what is measured next.
  @FunctionalInterface
  public interface Progress {
    /// A measurement begins.
    void measuring(String what, int done, int total);
  }

  /// Figures by their key, in the order of measurement: units a second, but for `cores` and the
  /// share.
  ///
  /// @param nanos how long each figure is measured, after as long a warm-up
  public static Map<String, Double> run(long nanos, Progress progress) throws Exception {
    VerifyBench bench = new VerifyBench(nanos);
    try {
      return bench.measure(progress);
    } finally {
      var _ = bench.pool.shutdownNow();
    }
  }

  private record Figure(String key, Callable work) {}

  @FunctionalInterface
  private interface Callable {
    double call() throws Exception;
  }

  private Map<String, Double> measure(Progress progress) throws Exception {
    Fixture fixture = Fixture.make(pool);
    Secp256k1 fallback = Secp256k1.bouncyCastle();
    List<Figure> figures =
        List.of(
            new Figure("recover_per_s", () -> recover(Secp256k1.get(), fixture.transfers())),
            new Figure("recover_fallback_per_s", () -> recover(fallback, fixture.transfers())),
            new Figure("recover_all_cores_per_s", () -> recoverEverywhere(fixture.transfers())),
            new Figure("verify_per_s", () -> verify(Secp256k1.get())),
            new Figure("keccak_135_bytes_per_s", () -> hash(Keccak::hash)),
            new Figure("sha256_135_bytes_per_s", () -> hash(Sha256::hash)),
            new Figure("merkle_leaves_per_s", () -> merkle(fixture)),
            new Figure("decode_tx_per_s", () -> decode(fixture)),
            new Figure("validate_cold_tx_per_s", () -> validate(fixture, false)),
            new Figure("validate_warm_tx_per_s", () -> validate(fixture, true)),
            new Figure("execute_tx_per_s", () -> execute(fixture)));
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("cores", (double) cores);
    for (Figure figure : figures) {
      progress.measuring(figure.key(), result.size() - 1, figures.size());
      result.put(figure.key(), figure.work().call());
    }
    double cold = result.getOrDefault("validate_cold_tx_per_s", 0.0);
    double raw = result.getOrDefault("recover_all_cores_per_s", 1.0);
    result.put("validate_cold_share_of_recover", cold / raw);
    return result;
  }

  private static KeyPair key() {
    return KeyPair.of(Sha256.hash(Bytes.ofUtf8("bench key")).bytes());
  }

  /* Over the block's own signatures: with one and the same in a loop the processor could learn its
  way through it. */
  private double recover(Secp256k1 curve, List<SignedTransaction> transfers) throws Exception {
    Iterator<List<SignedTransaction>> batches = batches(transfers);
    return rate.of(
        () -> {
          List<SignedTransaction> batch = batches.next();
          for (SignedTransaction each : batch) {
            var _ = curve.recover(each.signingHash(), each.signature());
          }
          return batch.size();
        });
  }

  private static Iterator<List<SignedTransaction>> batches(List<SignedTransaction> all) {
    return Stream.iterate(0, from -> (from + BATCH) % (all.size() / BATCH * BATCH))
        .map(from -> all.subList(from, from + BATCH))
        .iterator();
  }

  /* The raw call on every core at once: what validation is held against. */
  private double recoverEverywhere(List<SignedTransaction> transfers) throws Exception {
    List<Future<Double>> each = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      each.add(pool.submit(() -> recover(Secp256k1.get(), transfers)));
    }
    double sum = 0;
    for (Future<Double> one : each) {
      sum += one.get();
    }
    return sum;
  }

  private double verify(Secp256k1 curve) throws Exception {
    KeyPair key = key();
    Hash digest = Sha256.hash(Bytes.ofUtf8("bench digest"));
    Signature signature = key.sign(digest);
    return rate.of(
        () -> {
          for (int i = 0; i < BATCH; i++) {
            if (!curve.verify(digest, signature, key.publicKey())) {
              throw new IllegalStateException("a good signature was refused");
            }
          }
          return BATCH;
        });
  }

  private double hash(Function<Bytes, Hash> function) throws Exception {
    Bytes block = Bytes.wrap(new byte[135]);
    return rate.of(
        () -> {
          for (int i = 0; i < BATCH; i++) {
            var _ = function.apply(block);
          }
          return BATCH;
        });
  }

  private double merkle(Fixture fixture) throws Exception {
    List<Hash> leaves =
        fixture.transfers().stream().map(each -> MerkleTree.leaf(each.encoded())).toList();
    return rate.of(
        () -> {
          var _ = MerkleTree.root(leaves);
          return leaves.size();
        });
  }

  private double decode(Fixture fixture) throws Exception {
    return rate.of(
        () -> {
          for (SignedTransaction each : fixture.transfers()) {
            var _ = SignedTransaction.decode(each.encoded());
          }
          return fixture.transfers().size();
        });
  }

  /* Each run gets a chain and a block that remember nothing. */
  private double validate(Fixture fixture, boolean warm) throws Exception {
    return rate.of(
        () -> fixture.fresh(pool, warm),
        fresh -> {
          if (!fresh.chain().check(fresh.block(), Instant.EPOCH).isAccepted()) {
            throw new IllegalStateException("a good block was refused");
          }
          return TRANSFERS;
        });
  }

  private double execute(Fixture fixture) throws Exception {
    return rate.of(
        () -> {
          Fresh fresh = fixture.fresh(pool, true);
          var _ = fresh.chain().check(fresh.block(), Instant.EPOCH);
          return fresh;
        },
        fresh -> {
          if (!fresh.chain().execute(fresh.block(), Instant.EPOCH).isAccepted()) {
            throw new IllegalStateException("a good block was refused");
          }
          return TRANSFERS;
        });
  }

  private record Fresh(Chain chain, Block block) {}

  /// A block of transfers and the network that it belongs to.
  private record Fixture(
      Genesis genesis,
      List<SignedTransaction> transfers,
      Map<Hash, SignedTransaction> known,
      Bytes block) {
    static Fixture make(ExecutorService pool) {
      SeededTransfers plan = new SeededTransfers(1, TRANSFERS, SENDERS);
      List<SignedTransaction> transfers = plan.next();
      KeyPair key = key();
      Genesis genesis =
          new Genesis(
              plan.chainId(),
              "none",
              new TreeMap<>(),
              plan.allocations(),
              new TreeMap<>(),
              FeeSchedule.DEFAULT,
              42_000L * TRANSFERS,
              Amount.of(1_000_000_000L),
              1,
              List.of(new GenesisValidator(GenesisValidator.SECP256K1, key.publicKey(), 1)));
      Chain chain = open(genesis, pool);
      Iterator<SignedTransaction> rest = transfers.iterator();
      TransactionSource source = () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
      Block block =
          chain
              .build(BuildRequest.on(chain.head(), 2, Address.ZERO, Bytes.of((byte) 0xc0)), source)
              .seal(Bytes.EMPTY);
      if (block.body().transactions().size() != TRANSFERS) {
        throw new IllegalStateException("the builder refused transfers");
      }
      Map<Hash, SignedTransaction> known =
          transfers.stream()
              .collect(Collectors.toMap(SignedTransaction::hash, Function.identity()));
      return new Fixture(genesis, transfers, known, block.encode());
    }

    private static Chain open(Genesis genesis, ExecutorService pool) {
      return Chain.open(
          MemoryStore.open(Chain.columns()),
          genesis,
          Rules.of(genesis.chainId(), genesis.feeSchedule(), List.of()),
          HeaderRules.NONE,
          pool);
    }

    Fresh fresh(ExecutorService pool, boolean warm) throws Exception {
      Chain chain = open(genesis, pool);
      if (warm) {
        chain.useKnown(hash -> Optional.ofNullable(known.get(hash)));
      }
      return new Fresh(chain, Block.decode(block));
    }
  }
}
