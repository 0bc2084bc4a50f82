package org.bitcloud.market.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.bitcloud.market.MarketError;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
  private static byte[] framed(Message... messages) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(out);
    for (Message message : messages) {
      writer.write(message);
    }
    writer.flush();
    return out.toByteArray();
  }

  @Test
  void everyTypeHasASampleThatComesBack() throws Exception {
    Set<MessageType> seen = EnumSet.noneOf(MessageType.class);
    for (Message message : Samples.all().values()) {
      seen.add(MessageType.of(message));
      assertEquals(message, MessageCodec.decode(MessageCodec.encode(message)));
    }
    assertEquals(EnumSet.allOf(MessageType.class), seen);
  }

  @Test
  void framesAreTheBytesOfTheSpecification() throws Exception {
    StringBuilder text =
        new StringBuilder("# Frames of docs/spec/market-protocol.md, one a type.\n");
    for (Map.Entry<String, Message> sample : Samples.all().entrySet()) {
      String hex = Bytes.wrap(framed(sample.getValue())).toHex();
      text.append(sample.getKey()).append('=').append(hex).append('\n');
    }
    text.append("challengeDigest=")
        .append(
            new SessionChallenge(
                    Samples.GENESIS,
                    Samples.NONCE,
                    Samples.RENTER.address(),
                    Samples.PROVIDER.address())
                .digest())
        .append('\n');
    text.append("priceDigest=")
        .append(PriceDigest.of(Samples.GENESIS, Samples.PROVIDER.address(), Samples.prices()))
        .append('\n');
    Golden.resource("golden/market-protocol.properties").matches(text.toString());
  }

  @Test
  void chunksOfAnySizeComeBackThroughFrames() throws Exception {
    for (int size : new int[] {1, 2, 55, 56, 255, 256, 4096, 65_535, 65_536}) {
      for (byte fill : new byte[] {0, 0x7f, (byte) 0x80}) {
        byte[] data = new byte[size];
        Arrays.fill(data, fill);
        Message.Chunk chunk = new Message.Chunk(Bytes.wrap(data));
        FrameReader reader = new FrameReader(new ByteArrayInputStream(framed(chunk, chunk)));
        for (int i = 0; i < 2; i++) {
          Bytes frame = reader.next();
          assertEquals(MessageCodec.encode(chunk), frame);
          assertEquals(chunk, MessageCodec.decode(frame));
        }
        assertEquals(null, reader.next());
      }
    }
  }

  @Test
  void longestMessagesFitTheirLimits() throws Exception {
    List<Hash> many = Collections.nCopies(Message.ProposeRevision.APPENDED_MAX, Samples.ROOT);
    for (Message message :
        List.of(
            new Message.ProposeRevision(
                Samples.revision(), Long.MAX_VALUE, many, Samples.signature()),
            new Message.Roots(Samples.CONTRACT, Long.MAX_VALUE, Long.MAX_VALUE, many),
            new Message.RangeProof(Samples.ROOT, 8191, 1, many.subList(0, 26)),
            new Message.Refused(MarketError.BUSY, "é".repeat(128)))) {
      assertEquals(message, MessageCodec.decode(MessageCodec.encode(message)));
    }
  }

  @Test
  void refusalsAreCutBetweenCharacters() throws Exception {
    Message.Refused refused = new Message.Refused(MarketError.BUSY, "x" + "é".repeat(500));
    Message decoded = MessageCodec.decode(MessageCodec.encode(refused));
    assertEquals("x" + "é".repeat(127), ((Message.Refused) decoded).detail());
  }

  @Test
  void codesOfNewerPeersAreRefusalsToo() throws Exception {
    Bytes frame =
        RlpWriter.encode(out -> out.beginList().number(1).number(98).text("new").endList());
    assertEquals(new Message.Refused(MarketError.REFUSED, "new"), MessageCodec.decode(frame));
  }

  @Test
  void badFormsAreRefused() {
    Map<String, Bytes> bad =
        Map.of(
            "no list", RlpWriter.encode(out -> out.number(10)),
            "unknown type", RlpWriter.encode(out -> out.beginList().number(99).endList()),
            "huge type", RlpWriter.encode(out -> out.beginList().number(Long.MAX_VALUE).endList()),
            "too many fields",
                RlpWriter.encode(out -> out.beginList().number(10).number(0).endList()),
            "too few fields", RlpWriter.encode(out -> out.beginList().number(36).endList()),
            "sector of no bytes",
                RlpWriter.encode(
                    out -> out.beginList().number(34).hash(Samples.CONTRACT).number(0).endList()),
            "sector too long",
                RlpWriter.encode(
                    out ->
                        out.beginList()
                            .number(34)
                            .hash(Samples.CONTRACT)
                            .number((4 << 20) + 1)
                            .endList()),
            "empty chunk",
                RlpWriter.encode(out -> out.beginList().number(35).bytes(Bytes.EMPTY).endList()),
            "leaf outside",
                RlpWriter.encode(
                    out ->
                        out.beginList()
                            .number(38)
                            .hash(Samples.ROOT)
                            .number(8192)
                            .number(1)
                            .endList()),
            "longer than its type may be",
                RlpWriter.encode(
                    out -> out.beginList().number(0).bytes(Bytes.wrap(new byte[500])).endList()));
    bad.forEach(
        (what, frame) ->
            assertThrows(MalformedException.class, () -> MessageCodec.decode(frame), what));
  }

  @Test
  void framesWithBadLengthsAreRefused() throws Exception {
    for (byte[] bytes :
        List.of(
            new byte[] {0},
            new byte[] {(byte) 0x81, 0},
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0x7f},
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1})) {
      FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes));
      assertThrows(MalformedException.class, reader::next, Arrays.toString(bytes));
    }
    for (byte[] bytes : List.of(new byte[] {(byte) 0x80}, new byte[] {5, 1, 2})) {
      FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes));
      assertThrows(EOFException.class, reader::next, Arrays.toString(bytes));
    }
  }

  @Test
  void whateverComesIsRefusedOrSaysExactlyOneThing() {
    SplittableRandom random = new SplittableRandom(7);
    List<byte[]> seeds =
        Samples.all().values().stream().map(m -> MessageCodec.encode(m).toArray()).toList();
    int accepted = 0;
    for (int round = 0; round < 60_000; round++) {
      byte[] mutated = seeds.get(random.nextInt(seeds.size())).clone();
      if (random.nextInt(8) == 0) {
        mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length + 9));
      }
      for (int n = random.nextInt(4); n > 0 && mutated.length > 0; n--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      accepted += isAccepted(Bytes.wrap(mutated)) ? 1 : 0;
    }
    assertTrue(accepted > 3000, "mutations must also reach what is accepted: " + accepted);
  }

  private static boolean isAccepted(Bytes frame) {
    try {
      Message message = MessageCodec.decode(frame);
      boolean unknownCode =
          message instanceof Message.Refused r && r.error() == MarketError.REFUSED;
      if (!unknownCode) {
        assertEquals(frame, MessageCodec.encode(message));
      }
      return true;
    } catch (MalformedException e) {
      assertTrue(e.getMessage().length() < 200, e.getMessage());
      return false;
    }
  }

  @Test
  void everyErrorHasANumberOfItsOwn() {
    for (MarketError error : MarketError.values()) {
      assertEquals(error, MarketError.byCode(error.code()).orElseThrow());
      assertInstanceOf(String.class, error.text());
    }
  }
}
