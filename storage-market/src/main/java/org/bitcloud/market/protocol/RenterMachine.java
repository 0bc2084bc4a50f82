package org.bitcloud.market.protocol;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.market.sector.SectorRange;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.jspecify.annotations.Nullable;

/// The renter's side of one session, without any I/O: which answer may come when, and whether the
/// bytes in it are the ones asked for.
///
/// Requests may be sent ahead of answers, up to [#OUTSTANDING_MAX]. Bytes are given out only once
/// they verify against the root or id asked for.
public final class RenterMachine {
  /// Most requests that wait for answers.
  public static final int OUTSTANDING_MAX = 64;

  private final Protocol protocol;
  private final Queue<Message> waiting = new ArrayDeque<>();
  private int toSend;
  private boolean over;
  private @Nullable Incoming incoming;

  /// Bytes on their way in after the message that announced them.
  private static final class Incoming {
    private final Message head;
    private final byte[] data;
    private int filled;

    private Incoming(Message head, int length) {
      this.head = head;
      this.data = new byte[length];
    }
  }

  /// Begins a session of a protocol; the driver sends [#hello] first.
  public RenterMachine(Protocol protocol) {
    this.protocol = protocol;
  }

  /// The first message of the session.
  public Message hello() {
    return new Message.Hello(protocol.id());
  }

  /// Sends a request, or a further piece of a sector that is being written.
  ///
  /// @throws IllegalStateException when too many requests wait, the session is over, or chunks do
  ///   not add up to the length stated: errors of the caller
  public List<Output> ask(Message request) {
    require(!over, "session is over");
    switch (request) {
      case Message.WriteSector m -> {
        require(toSend == 0, "a sector is being written");
        toSend = m.length();
      }
      case Message.Chunk m -> {
        require(m.data().size() <= toSend, "chunks exceed the length stated");
        toSend -= m.data().size();
      }
      case Message.EndWrite _ -> {
        require(toSend == 0, "chunks are missing");
        enqueue(request);
      }
      default -> {
        require(toSend == 0, "a sector is being written");
        enqueue(request);
      }
    }
    return List.of(new Output.Send(request));
  }

  /// The number of requests that wait for an answer.
  public int outstanding() {
    return waiting.size();
  }

  /// Takes a message of the provider and says what it means.
  public List<Output> step(Message message) {
    Message request = waiting.peek();
    if (over) {
      return List.of();
    }
    if (message instanceof Message.Refused refused) {
      return refused(request, refused);
    }
    if (request == null) {
      return end("an answer that nobody asked for");
    }
    if (incoming != null) {
      return message instanceof Message.Chunk chunk
          ? fill(request, incoming, chunk.data())
          : end("chunk expected");
    }
    return answer(request, message);
  }

  /// Takes bytes that are no message.
  public List<Output> malformed(String detail) {
    over = true;
    return List.of(new Output.End(MarketError.MALFORMED, detail));
  }

  private List<Output> refused(@Nullable Message request, Message.Refused refused) {
    if (request == null || incoming != null) {
      // Nothing to answer: the provider ends the session, as with BUSY before the first request.
      over = true;
      return List.of(new Output.End(refused.error(), refused.detail()));
    }
    waiting.remove();
    return List.of(new Output.Failed(request, refused.error(), refused.detail()));
  }

  private List<Output> answer(Message request, Message message) {
    if (request instanceof Message.ReadRange asked
        && message instanceof Message.RangeProof proof
        && asked.equals(
            new Message.ReadRange(proof.root(), proof.firstLeaf(), proof.leafCount()))) {
      incoming = new Incoming(proof, asked.leafCount() * Sector.LEAF_BYTES);
      return List.of();
    }
    if (request instanceof Message.AskManifest asked
        && message instanceof Message.ManifestFound found
        && asked.id().equals(found.id())) {
      incoming = new Incoming(found, found.length());
      return List.of();
    }
    if (!isAnswer(request, message)) {
      return end(
          message.getClass().getSimpleName()
              + " does not answer "
              + request.getClass().getSimpleName());
    }
    waiting.remove();
    return List.of(new Output.Answer(request, message));
  }

  private static boolean isAnswer(Message request, Message message) {
    return switch (message) {
      case Message.PriceQuote _ -> request instanceof Message.AskPrice;
      case Message.TermsSigned _ -> request instanceof Message.ProposeTerms;
      case Message.RevisionSigned m ->
          request instanceof Message.ProposeRevision r
              && r.revision().contractId().equals(m.contract())
              && r.revision().revision() == m.revision();
      case Message.LatestRevision m ->
          request instanceof Message.AskRevision r
              && r.contract().equals(m.revision().contractId());
      case Message.NoRevision m ->
          request instanceof Message.AskRevision r && r.contract().equals(m.contract());
      case Message.Challenge _ -> request instanceof Message.AskChallenge;
      case Message.Authenticated _ -> request instanceof Message.AnswerChallenge;
      case Message.SectorWritten m ->
          request instanceof Message.EndWrite r && r.root().equals(m.root());
      case Message.SectorDeleted m ->
          request instanceof Message.DeleteSector r && r.root().equals(m.root());
      case Message.Roots m ->
          request instanceof Message.AskRoots r
              && r.contract().equals(m.contract())
              && r.offset() == m.offset()
              && m.roots().size() <= r.limit();
      case Message.ManifestMarked m ->
          request instanceof Message.MarkManifest r && r.id().equals(m.id());
      default -> false;
    };
  }

  private List<Output> fill(Message request, Incoming target, Bytes data) {
    if (data.size() > target.data.length - target.filled) {
      return end("more bytes than asked for");
    }
    data.copyTo(target.data, target.filled);
    target.filled += data.size();
    if (target.filled < target.data.length) {
      return List.of();
    }
    incoming = null;
    Message _ = waiting.remove();
    return List.of(verified(request, target.head, Bytes.wrap(target.data)));
  }

  private static Output verified(Message request, Message head, Bytes data) {
    return switch (head) {
      case Message.RangeProof proof -> verifiedRange(request, proof, data);
      case Message.ManifestFound found -> {
        Hash id = Sha256.hash(data);
        yield id.equals(found.id())
            ? new Output.Received(request, data)
            : new Output.Failed(request, MarketError.WRONG_BYTES, "manifest has id " + id);
      }
      default -> throw new IllegalStateException("no bytes follow " + head);
    };
  }

  private static Output verifiedRange(Message request, Message.RangeProof proof, Bytes data) {
    try {
      SectorTree.verify(proof.root(), new SectorRange(proof.firstLeaf(), data, proof.siblings()));
      return new Output.Received(request, data);
    } catch (MalformedException wrong) {
      return new Output.Failed(
          request,
          MarketError.WRONG_BYTES,
          "leaves from " + proof.firstLeaf() + " of " + proof.root() + ": " + wrong.getMessage());
    }
  }

  private List<Output> end(String detail) {
    over = true;
    return List.of(new Output.End(MarketError.UNEXPECTED_MESSAGE, detail));
  }

  private void enqueue(Message request) {
    require(waiting.size() < OUTSTANDING_MAX, "too many requests wait for answers");
    waiting.add(request);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
