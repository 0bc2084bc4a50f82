package org.bitcloud.testkit;

import java.io.Serial;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Randomness that is the same in every run.
public final class Seeds {
  private Seeds() {}

  /// The seed that a name stands for: equal names, equal seeds.
  public static long of(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash >>> 1;
  }

  /// A generator that a seed determines. Belongs to one thread.
  public static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }

  /// A generator for code that asks for secure randomness, determined by a seed: keys made from it
  /// are known to everybody.
  public static SecureRandom secureRandom(long seed) {
    return new SeededSecureRandom(new SeededSpi(seed));
  }

  private static final class SeededSecureRandom extends SecureRandom {
    @Serial private static final long serialVersionUID = 1;

    SeededSecureRandom(SecureRandomSpi spi) {
      super(spi, null);
    }
  }

  private static final class SeededSpi extends SecureRandomSpi {
    @Serial private static final long serialVersionUID = 1;

    private final transient SplittableRandom random;

    SeededSpi(long seed) {
      this.random = new SplittableRandom(seed);
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // More seed would make runs differ.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] seed = new byte[count];
      random.nextBytes(seed);
      return seed;
    }
  }
}
