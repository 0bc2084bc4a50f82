package org.bitcloud.market.protocol;

import java.util.HashMap;
import java.util.Map;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// The number of each message on the wire and the longest frame it may come in.
enum MessageType {
  HELLO(0, 80, Message.Hello.class),
  REFUSED(1, 300, Message.Refused.class),
  ASK_PRICE(10, 8, Message.AskPrice.class),
  PRICE_QUOTE(11, 640, Message.PriceQuote.class),
  PROPOSE_TERMS(20, 320, Message.ProposeTerms.class),
  TERMS_SIGNED(21, 128, Message.TermsSigned.class),
  PROPOSE_REVISION(22, 1024 * 33 + 256, Message.ProposeRevision.class),
  REVISION_SIGNED(23, 128, Message.RevisionSigned.class),
  ASK_REVISION(24, 48, Message.AskRevision.class),
  LATEST_REVISION(25, 256, Message.LatestRevision.class),
  NO_REVISION(26, 48, Message.NoRevision.class),
  ASK_CHALLENGE(30, 32, Message.AskChallenge.class),
  CHALLENGE(31, 72, Message.Challenge.class),
  ANSWER_CHALLENGE(32, 80, Message.AnswerChallenge.class),
  AUTHENTICATED(33, 8, Message.Authenticated.class),
  WRITE_SECTOR(34, 48, Message.WriteSector.class),
  CHUNK(35, FrameReader.FRAME_BYTES_MAX, Message.Chunk.class),
  END_WRITE(36, 48, Message.EndWrite.class),
  SECTOR_WRITTEN(37, 48, Message.SectorWritten.class),
  READ_RANGE(38, 56, Message.ReadRange.class),
  RANGE_PROOF(39, 26 * 33 + 64, Message.RangeProof.class),
  DELETE_SECTOR(40, 80, Message.DeleteSector.class),
  SECTOR_DELETED(41, 48, Message.SectorDeleted.class),
  ASK_ROOTS(42, 64, Message.AskRoots.class),
  ROOTS(43, 1024 * 33 + 128, Message.Roots.class),
  MARK_MANIFEST(44, 120, Message.MarkManifest.class),
  MANIFEST_MARKED(45, 48, Message.ManifestMarked.class),
  ASK_MANIFEST(46, 48, Message.AskManifest.class),
  MANIFEST_FOUND(47, 56, Message.ManifestFound.class);

  private static final Map<Integer, MessageType> BY_NUMBER = new HashMap<>();
  private static final Map<Class<?>, MessageType> BY_CLASS = new HashMap<>();

  static {
    for (MessageType type : values()) {
      BY_NUMBER.put(type.number, type);
      BY_CLASS.put(type.form, type);
    }
  }

  /// The number on the wire, which is never given a second meaning.
  final int number;

  /// The longest frame, its varint not counted.
  final int frameBytesMax;

  private final Class<? extends Message> form;

  MessageType(int number, int frameBytesMax, Class<? extends Message> form) {
    this.number = number;
    this.frameBytesMax = frameBytesMax;
    this.form = form;
  }

  static MessageType of(Message message) {
    @Nullable MessageType type = BY_CLASS.get(message.getClass());
    if (type == null) {
      throw new IllegalArgumentException("message without a number: " + message.getClass());
    }
    return type;
  }

  static MessageType byNumber(long number) throws MalformedException {
    @Nullable MessageType type = number < 256 ? BY_NUMBER.get((int) number) : null;
    if (type == null) {
      throw new MalformedException("unknown message type " + number);
    }
    return type;
  }
}
