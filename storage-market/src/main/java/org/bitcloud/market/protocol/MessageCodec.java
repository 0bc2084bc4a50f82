package org.bitcloud.market.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// Messages to bytes and back: RLP `[type, …]`, strict, with a limit of size for each type.
public final class MessageCodec {
  private MessageCodec() {}

  /// The content of the frame of a message.
  public static Bytes encode(Message message) {
    RlpWriter out = new RlpWriter();
    out.beginList().number(MessageType.of(message).number);
    switch (message) {
      case Message.Hello m -> out.text(m.protocol());
      case Message.Refused m -> out.number(m.error().code()).text(cut(m.detail()));
      case Message.AskPrice _, Message.Authenticated _ -> {}
      case Message.PriceQuote m -> {
        out.address(m.provider());
        MarketValues.write(out, m.prices());
        signature(out, m.signature());
      }
      case Message.ProposeTerms m -> {
        MarketValues.write(out, m.terms());
        signature(out, m.renterSignature());
      }
      case Message.TermsSigned m -> signature(out.hash(m.contract()), m.providerSignature());
      case Message.ProposeRevision m -> {
        MarketValues.write(out, m.revision());
        hashes(out.number(m.keep()), m.appended());
        signature(out, m.renterSignature());
      }
      case Message.RevisionSigned m ->
          signature(out.hash(m.contract()).number(m.revision()), m.providerSignature());
      case Message.AskRevision m -> out.hash(m.contract());
      case Message.LatestRevision m -> {
        MarketValues.write(out, m.revision());
        signature(out, m.renterSignature());
        signature(out, m.providerSignature());
      }
      case Message.NoRevision m -> out.hash(m.contract());
      default -> encodeSector(out, message);
    }
    return out.endList().toBytes();
  }

  private static void encodeSector(RlpWriter out, Message message) {
    switch (message) {
      case Message.AskChallenge m -> out.address(m.renter());
      case Message.Challenge m -> out.bytes(m.nonce()).address(m.provider());
      case Message.AnswerChallenge m -> signature(out, m.signature());
      case Message.WriteSector m -> out.hash(m.contract()).number(m.length());
      case Message.Chunk m -> out.bytes(m.data());
      case Message.EndWrite m -> out.hash(m.root());
      case Message.SectorWritten m -> out.hash(m.root());
      case Message.ReadRange m -> out.hash(m.root()).number(m.firstLeaf()).number(m.leafCount());
      case Message.RangeProof m ->
          hashes(out.hash(m.root()).number(m.firstLeaf()).number(m.leafCount()), m.siblings());
      case Message.DeleteSector m -> out.hash(m.contract()).hash(m.root());
      case Message.SectorDeleted m -> out.hash(m.root());
      case Message.AskRoots m -> out.hash(m.contract()).number(m.offset()).number(m.limit());
      case Message.Roots m ->
          hashes(out.hash(m.contract()).number(m.offset()).number(m.total()), m.roots());
      case Message.MarkManifest m ->
          out.hash(m.contract()).hash(m.root()).hash(m.id()).number(m.length());
      case Message.ManifestMarked m -> out.hash(m.id());
      case Message.AskManifest m -> out.hash(m.id());
      case Message.ManifestFound m -> out.hash(m.id()).number(m.length());
      default -> throw new IllegalArgumentException("message without a form: " + message);
    }
  }

  /// The message in a frame.
  ///
  /// @throws MalformedException when the bytes are not exactly one message within its limits
  public static Message decode(Bytes frame) throws MalformedException {
    RlpReader in = RlpReader.of(frame);
    in.enterList();
    MessageType type = MessageType.byNumber(in.readNumber());
    if (frame.size() > type.frameBytesMax) {
      throw new MalformedException(
          type + " of " + frame.size() + " bytes is above the limit of " + type.frameBytesMax);
    }
    Message message =
        type.number < MessageType.ASK_CHALLENGE.number ? common(type, in) : sector(type, in);
    in.leaveList();
    in.end();
    return message;
  }

  private static Message common(MessageType type, RlpReader in) throws MalformedException {
    return switch (type) {
      case HELLO -> new Message.Hello(in.readText(Message.Hello.PROTOCOL_BYTES_MAX));
      case REFUSED ->
          new Message.Refused(
              error(in.readNumber()), in.readText(Message.Refused.DETAIL_BYTES_MAX));
      case ASK_PRICE -> new Message.AskPrice();
      case PRICE_QUOTE ->
          new Message.PriceQuote(in.readAddress(), MarketValues.readPrices(in), signature(in));
      case PROPOSE_TERMS -> new Message.ProposeTerms(MarketValues.readTerms(in), signature(in));
      case TERMS_SIGNED -> new Message.TermsSigned(in.readHash(), signature(in));
      case PROPOSE_REVISION ->
          new Message.ProposeRevision(
              MarketValues.readRevision(in),
              in.readNumber(),
              hashes(in, Message.ProposeRevision.APPENDED_MAX),
              signature(in));
      case REVISION_SIGNED ->
          new Message.RevisionSigned(in.readHash(), in.readNumber(), signature(in));
      case ASK_REVISION -> new Message.AskRevision(in.readHash());
      case LATEST_REVISION ->
          new Message.LatestRevision(MarketValues.readRevision(in), signature(in), signature(in));
      case NO_REVISION -> new Message.NoRevision(in.readHash());
      default -> throw new MalformedException("unknown message type " + type.number);
    };
  }

  private static Message sector(MessageType type, RlpReader in) throws MalformedException {
    return switch (type) {
      case ASK_CHALLENGE -> new Message.AskChallenge(in.readAddress());
      case CHALLENGE ->
          new Message.Challenge(
              in.readExact(Message.Challenge.NONCE_BYTES).compact(), in.readAddress());
      case ANSWER_CHALLENGE -> new Message.AnswerChallenge(signature(in));
      case AUTHENTICATED -> new Message.Authenticated();
      case WRITE_SECTOR ->
          new Message.WriteSector(in.readHash(), number(in, 1, Sector.BYTES, "sector length"));
      case CHUNK -> chunk(in);
      case END_WRITE -> new Message.EndWrite(in.readHash());
      case SECTOR_WRITTEN -> new Message.SectorWritten(in.readHash());
      case READ_RANGE -> new Message.ReadRange(in.readHash(), leaf(in), leafCount(in));
      case RANGE_PROOF ->
          new Message.RangeProof(
              in.readHash(), leaf(in), leafCount(in), hashes(in, Message.RangeProof.SIBLINGS_MAX));
      case DELETE_SECTOR -> new Message.DeleteSector(in.readHash(), in.readHash());
      case SECTOR_DELETED -> new Message.SectorDeleted(in.readHash());
      case ASK_ROOTS ->
          new Message.AskRoots(
              in.readHash(), in.readNumber(), number(in, 1, Message.AskRoots.LIMIT_MAX, "limit"));
      case ROOTS ->
          new Message.Roots(
              in.readHash(),
              in.readNumber(),
              in.readNumber(),
              hashes(in, Message.AskRoots.LIMIT_MAX));
      case MARK_MANIFEST ->
          new Message.MarkManifest(
              in.readHash(), in.readHash(), in.readHash(), number(in, 1, Sector.BYTES, "length"));
      case MANIFEST_MARKED -> new Message.ManifestMarked(in.readHash());
      case ASK_MANIFEST -> new Message.AskManifest(in.readHash());
      case MANIFEST_FOUND ->
          new Message.ManifestFound(in.readHash(), number(in, 1, Sector.BYTES, "length"));
      default -> throw new MalformedException("unknown message type " + type.number);
    };
  }

  /// What stands before the data of a chunk in its frame.
  static byte[] chunkHeader(Bytes data) {
    int size = data.size();
    if (size < 56) {
      // Short chunks are rare; the general writer knows the canonical forms.
      Bytes whole = encode(new Message.Chunk(data));
      return whole.slice(0, whole.size() - size).toArray();
    }
    byte[] string = lengthHeader(0xb7, size);
    byte[] list = lengthHeader(0xf7, 1 + string.length + size);
    byte[] header = new byte[list.length + 1 + string.length];
    System.arraycopy(list, 0, header, 0, list.length);
    header[list.length] = (byte) MessageType.CHUNK.number;
    System.arraycopy(string, 0, header, list.length + 1, string.length);
    return header;
  }

  private static byte[] lengthHeader(int base, int length) {
    int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    byte[] header = new byte[1 + octets];
    header[0] = (byte) (base + octets);
    for (int i = 0; i < octets; i++) {
      header[1 + i] = (byte) (length >>> (8 * (octets - 1 - i)));
    }
    return header;
  }

  private static Message chunk(RlpReader in) throws MalformedException {
    Bytes data = in.readBytes(Message.Chunk.DATA_BYTES_MAX);
    if (data.isEmpty()) {
      throw new MalformedException("chunk is empty");
    }
    return new Message.Chunk(data);
  }

  private static MarketError error(long code) throws MalformedException {
    // A newer peer may know more errors; its text still says what happened.
    if (code > Integer.MAX_VALUE) {
      throw new MalformedException("error code " + code + " is too large");
    }
    return MarketError.byCode((int) code).orElse(MarketError.REFUSED);
  }

  private static int leaf(RlpReader in) throws MalformedException {
    return number(in, 0, Sector.LEAVES - 1, "leaf");
  }

  private static int leafCount(RlpReader in) throws MalformedException {
    return number(in, 1, Sector.LEAVES, "leaf count");
  }

  private static int number(RlpReader in, int min, int max, String what) throws MalformedException {
    long number = in.readNumber();
    if (number < min || number > max) {
      throw new MalformedException(what + " " + number + " is not in " + min + " to " + max);
    }
    return (int) number;
  }

  private static void hashes(RlpWriter out, List<Hash> hashes) {
    out.beginList();
    hashes.forEach(out::hash);
    out.endList();
  }

  private static List<Hash> hashes(RlpReader in, int countMax) throws MalformedException {
    List<Hash> hashes = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      if (hashes.size() == countMax) {
        throw new MalformedException("more than " + countMax + " hashes");
      }
      hashes.add(in.readHash());
    }
    in.leaveList();
    return hashes;
  }

  private static void signature(RlpWriter out, Signature signature) {
    out.bytes(signature.toBytes65());
  }

  private static Signature signature(RlpReader in) throws MalformedException {
    return Signature.fromBytes65(in.readExact(Signature.SIZE).compact());
  }

  private static String cut(String detail) {
    byte[] utf8 = detail.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= Message.Refused.DETAIL_BYTES_MAX) {
      return detail;
    }
    int end = Message.Refused.DETAIL_BYTES_MAX;
    // Not in the middle of a character: those bytes begin with the bits 10.
    while ((utf8[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
  }
}
