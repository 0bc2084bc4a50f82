package org.bitcloud.primitives.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// Any proof is either refused or leads to some root, within memory and time, and a run proves as
/// its indices do.
final class MerkleProofFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void leadsToARootOrRefuses(byte[] input) {
    if (input.length < 17) {
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(input);
    // Few bits for each, so that plausible questions come up often.
    long leafCount = header.getLong() >> (input[16] & 63);
    long first = header.getLong() >> (input[16] & 63);
    int count = Math.min((input[16] >>> 4) & 15, (input.length - 17) / Hash.SIZE);
    Bytes leaves = Bytes.copyOf(input, 17, Hash.SIZE * count);
    Bytes siblings = Bytes.of(input).slice(17 + leaves.size());
    long[] indices = new long[count];
    for (int i = 0; i < count; i++) {
      indices[i] = first + i;
    }
    Hash root;
    try {
      root = MerkleProof.root(leafCount, first, count, leaves, siblings);
    } catch (MalformedException e) {
      return;
    }
    try {
      assertEquals(root, MerkleProof.root(leafCount, indices, leaves, siblings));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
