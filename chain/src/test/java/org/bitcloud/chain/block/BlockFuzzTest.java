package org.bitcloud.chain.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// Any bytes are either refused or the one encoding of a block, of a body, of stored receipts.
final class BlockFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void decodesCanonicallyOrRefuses(byte[] input) {
    Bytes bytes = Bytes.of(input);
    try {
      assertEquals(bytes, Block.decode(bytes).encode());
    } catch (MalformedException e) {
      // refused
    }
    try {
      assertEquals(bytes, BlockBody.decode(bytes).encode());
    } catch (MalformedException e) {
      // refused
    }
    try {
      List<Receipt> receipts = Receipt.decodeAll(bytes);
      assertEquals(bytes, Receipt.encodeAll(receipts));
    } catch (MalformedException e) {
      // refused
    }
  }
}
