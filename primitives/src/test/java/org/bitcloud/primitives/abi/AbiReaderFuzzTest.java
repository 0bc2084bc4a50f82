package org.bitcloud.primitives.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// Any bytes are either refused or the one encoding of the values they mean.
final class AbiReaderFuzzTest {
  private static final List<AbiParameter> PARAMETERS =
      AbiTypes.parameters(
          "(uint64,(address,bool),bytes,(string,bytes4)[],uint256[][],(bytes32,uint8)[],string)");

  @FuzzTest(maxDuration = "2m")
  void readsCanonicallyOrRefuses(byte[] input) {
    Bytes bytes = Bytes.of(input);
    List<Object> values;
    try {
      values = AbiCodec.decode(PARAMETERS, bytes);
    } catch (MalformedException e) {
      return;
    }
    assertEquals(bytes, AbiCodec.encode(PARAMETERS, values));
  }
}
