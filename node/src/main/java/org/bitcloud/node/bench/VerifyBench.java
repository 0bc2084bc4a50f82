package org.bitcloud.node.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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

  /// Figures that are measured together.
  private record Figures(List<String> keys, Callable<List<Double>> work) {
    static Figures one(String key, Callable<Double> work) {
      return new Figures(List.of(key), () -> List.of(work.call()));
    }
  }

  private Map<String, Double> measure(Progress progress) throws Exception {
    Fixture fixture = Fixture.make(pool);
    Secp256k1 fallback = Secp256k1.bouncyCastle();
    List<Figures> all =
        List.of(
            Figures.one("recover_per_s", () -> recover(Secp256k1.get(), fixture)),
            Figures.one("recover_fallback_per_s", () -> recover(fallback, fixture)),
            Figures.one("verify_per_s", () -> verify(Secp256k1.get())),
            Figures.one("keccak_135_bytes_per_s", () -> hash(Keccak::hash)),
            Figures.one("sha256_135_bytes_per_s", () -> hash(Sha256::hash)),
            Figures.one("merkle_leaves_per_s", () -> merkle(fixture)),
            Figures.one("decode_tx_per_s", () -> decode(fixture)),
            new Figures(
                List.of("recover_all_cores_per_s", "validate_cold_tx_per_s"), () -> cold(fixture)),
            Figures.one("validate_warm_tx_per_s", () -> warm(fixture)),
            Figures.one("execute_tx_per_s", () -> execute(fixture)));
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("cores", (double) cores);
    int done = 0;
    for (Figures figures : all) {
      progress.measuring(String.join(", ", figures.keys()), done++, all.size());
      List<Double> values = figures.work().call();
      for (int i = 0; i < values.size(); i++) {
        result.put(figures.keys().get(i), values.get(i));
      }
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
  private double recover(Secp256k1 curve, Fixture fixture) throws Exception {
    Iterator<List<SignedTransaction>> batches = batches(fixture.transfers());
    return rate.of(() -> recover(curve, batches.next()));
  }

  private static int recover(Secp256k1 curve, List<SignedTransaction> batch) throws Exception {
    for (SignedTransaction each : batch) {
      var _ = curve.recover(each.signingHash(), each.signature());
    }
    return batch.size();
  }

  private static Iterator<List<SignedTransaction>> batches(List<SignedTransaction> all) {
    return Stream.iterate(0, from -> (from + BATCH) % (all.size() / BATCH * BATCH))
        .map(from -> all.subList(from, from + BATCH))
        .iterator();
  }

  /* The raw call on every core at once is what validation is held against. */
  private List<Double> cold(Fixture fixture) throws Exception {
    return rate.byTurns(
        List.of(() -> recoverEverywhere(fixture.transfers()), validation(fixture, false)));
  }

  /* Each core has its share and is timed alone, so that none waits for another. */
  private Rate.Span recoverEverywhere(List<SignedTransaction> transfers) throws Exception {
    int share = transfers.size() / cores;
    List<Future<Rate.Span>> parts = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      List<SignedTransaction> part = transfers.subList(i * share, (i + 1) * share);
      parts.add(pool.submit(() -> Rate.round(() -> recover(Secp256k1.get(), part)).run()));
    }
    long units = 0;
    long nanos = 0;
    for (Future<Rate.Span> part : parts) {
      units += part.get().units();
      nanos += part.get().nanos();
    }
    return new Rate.Span(units, nanos / cores);
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

  private double warm(Fixture fixture) throws Exception {
    return rate.byTurns(List.of(validation(fixture, true))).getFirst();
  }

  /* Each round gets a block that remembers nothing. The chain may stay: it takes a block that was
  decoded again for another one. */
  private Rate.Round validation(Fixture fixture, boolean warm) {
    Chain chain = fixture.chain(pool, warm);
    return Rate.round(
        fixture::decode,
        block -> {
          if (!chain.check(block, Instant.EPOCH).isAccepted()) {
            throw new IllegalStateException("a good block was refused");
          }
          return TRANSFERS;
        });
  }

  /* Each round gets a chain that has checked the block and not executed it. */
  private double execute(Fixture fixture) throws Exception {
    return rate.of(
        () -> {
          Checked checked = new Checked(fixture.chain(pool, true), fixture.decode());
          var _ = checked.chain().check(checked.block(), Instant.EPOCH);
          return checked;
        },
        checked -> {
          if (!checked.chain().execute(checked.block(), Instant.EPOCH).isAccepted()) {
            throw new IllegalStateException("a good block was refused");
          }
          return TRANSFERS;
        });
  }

  private record Checked(Chain chain, Block block) {}

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

    /// A chain of the genesis block alone. When warm, it knows the senders of all transfers.
    Chain chain(ExecutorService pool, boolean warm) {
      Chain chain = open(genesis, pool);
      if (warm) {
        chain.useKnown(hash -> Optional.ofNullable(known.get(hash)));
      }
      return chain;
    }

    Block decode() throws Exception {
      return Block.decode(block);
    }
  }
}
