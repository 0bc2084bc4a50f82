package org.bitcloud.primitives.wallet;

import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.util.Pack;

/// The memory through which one scrypt computation mixes its state (RFC 7914).
///
/// BouncyCastle's own refuses n of 2^16 and more with r of 1, which older wallets wrote.
final class ScryptMemory {
  /// Numbers of 32 bits in one block of Salsa20.
  private static final int BLOCK = 16;

  private static final int ROUNDS = 8;

  private final int n;
  private final int blocks;
  private final int width;
  private final int[][] rows;
  private final int[] mixed;
  private final int[] input = new int[BLOCK];

  /// Memory of 128 times n times r bytes.
  ScryptMemory(int n, int r) {
    this.n = n;
    this.blocks = 2 * r;
    this.width = blocks * BLOCK;
    this.rows = new int[n][width];
    this.mixed = new int[width];
  }

  /// Mixes each lane of 128 times r bytes of the state on its own.
  void mix(byte[] state) {
    int[] lane = new int[width];
    for (int at = 0; at < state.length; at += width * Integer.BYTES) {
      Pack.littleEndianToInt(state, at, lane);
      mixLane(lane);
      Pack.intToLittleEndian(lane, state, at);
    }
  }

  private void mixLane(int[] x) {
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, 0, rows[i], 0, width);
      mixBlocks(x);
    }
    for (int i = 0; i < n; i++) {
      int[] row = rows[x[width - BLOCK] & (n - 1)];
      for (int j = 0; j < width; j++) {
        x[j] ^= row[j];
      }
      mixBlocks(x);
    }
  }

  private void mixBlocks(int[] x) {
    System.arraycopy(x, width - BLOCK, input, 0, BLOCK);
    for (int block = 0; block < blocks; block++) {
      for (int j = 0; j < BLOCK; j++) {
        input[j] ^= x[block * BLOCK + j];
      }
      Salsa20Engine.salsaCore(ROUNDS, input, input);
      // Even blocks go to the first half, odd ones to the second.
      int target = block / 2 + (block % 2 == 0 ? 0 : blocks / 2);
      System.arraycopy(input, 0, mixed, target * BLOCK, BLOCK);
    }
    System.arraycopy(mixed, 0, x, 0, width);
  }
}
