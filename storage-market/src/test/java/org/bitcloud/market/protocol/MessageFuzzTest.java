package org.bitcloud.market.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bitcloud.market.MarketError;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// A frame of any bytes is refused or is the one form of the message in it.
final class MessageFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void decodesOneThingOrRefuses(byte[] input) {
    Bytes frame = Bytes.of(input);
    Message message;
    try {
      message = MessageCodec.decode(frame);
    } catch (MalformedException e) {
      return;
    }
    // Codes of newer peers are all read as one.
    if (!(message instanceof Message.Refused r && r.error() == MarketError.REFUSED)) {
      assertEquals(frame, MessageCodec.encode(message));
    }
  }
}
