package org.bitcloud.primitives.crypto;

import java.util.Objects;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bouncycastle.crypto.digests.KeccakDigest;

/// Keccak-256 with the original padding, as Ethereum has it (not SHA3-256 of FIPS 202).
public final class Keccak {
  private static final ThreadLocal<State> STATE = ThreadLocal.withInitial(State::new);

  /// The digest of one thread, which resets itself when it is finished, and room to pass bytes in.
  private static final class State {
    final KeccakDigest digest = new KeccakDigest(256);
    final byte[] chunk = new byte[1024];

    void update(Bytes part) {
      for (int at = 0; at < part.size(); at += chunk.length) {
        int length = Math.min(chunk.length, part.size() - at);
        part.copyTo(at, chunk, 0, length);
        digest.update(chunk, 0, length);
      }
    }

    Hash finish() {
      byte[] hash = new byte[Hash.SIZE];
      digest.doFinal(hash, 0);
      return Hash.wrap(hash);
    }
  }

  private Keccak() {}

  /// The hash of all parts one after the other.
  public static Hash hash(Bytes... parts) {
    State state = STATE.get();
    for (Bytes part : parts) {
      state.update(part);
    }
    return state.finish();
  }

  /// The hash of an array.
  public static Hash hash(byte[] bytes) {
    return hash(bytes, 0, bytes.length);
  }

  /// The hash of `length` bytes starting at `offset`.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside the array
  public static Hash hash(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    State state = STATE.get();
    state.digest.update(bytes, offset, length);
    return state.finish();
  }
}
