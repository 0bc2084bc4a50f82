package org.bitcloud.market.peer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.Session;
import org.bitcloud.market.Wire;
import org.bitcloud.market.protocol.FrameReader;
import org.bitcloud.market.protocol.FrameWriter;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.MessageCodec;
import org.bitcloud.market.protocol.Output;
import org.bitcloud.market.protocol.Protocol;
import org.bitcloud.market.protocol.RenterMachine;
import org.bitcloud.market.protocol.SessionChallenge;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;

/// One session with a provider: requests go out, verified answers come back.
///
/// For one thread, but for [#reset]. After an error other than a refusal the session is broken and
/// must be closed.
public final class PeerSession implements AutoCloseable {
  private final Session session;
  private final FrameReader reader;
  private final FrameWriter writer;
  private final RenterMachine machine;
  private final Queue<Output> ready = new ArrayDeque<>();
  private volatile boolean broken;

  private PeerSession(Session session, Protocol protocol) {
    this.session = session;
    this.reader = new FrameReader(new BufferedInputStream(session.in(), 64 * 1024));
    this.writer = new FrameWriter(session.out());
    this.machine = new RenterMachine(protocol);
  }

  /// Opens a session of a protocol to an endpoint.
  ///
  /// @throws MarketException `UNREACHABLE` when nobody answers there
  public static PeerSession open(Wire wire, Bytes endpoint, Protocol protocol, PeerLimits limits)
      throws MarketException {
    try {
      Session session = wire.dial(endpoint, limits.dial());
      session.idleTimeout(limits.idle());
      PeerSession peer = new PeerSession(session, protocol);
      peer.writer.write(peer.machine.hello());
      return peer;
    } catch (IOException e) {
      throw new MarketException(MarketError.UNREACHABLE, "cannot be reached: " + e.getMessage(), e);
    }
  }

  /// Sends a request and returns its answer.
  ///
  /// @throws MarketException the provider's refusal, or what broke the session
  public Message call(Message request) throws MarketException {
    send(request);
    flush();
    return answer();
  }

  /// Sends a request for bytes and returns them verified.
  ///
  /// @throws MarketException the provider's refusal, `WRONG_BYTES`, or what broke the session
  public Bytes fetch(Message request) throws MarketException {
    send(request);
    flush();
    return received();
  }

  /// Awaits the bytes that the oldest waiting request asked for, verified.
  ///
  /// @throws MarketException the provider's refusal, `WRONG_BYTES`, or what broke the session
  public Bytes received() throws MarketException {
    return switch (next()) {
      case Output.Received received -> received.data();
      case Output.Failed failed -> throw new MarketException(failed.error(), failed.detail());
      case Output other -> throw broken(MarketError.UNEXPECTED_MESSAGE, "unexpected " + other);
    };
  }

  /// Sends a message whose answer is awaited later, if it has one.
  public void send(Message message) throws MarketException {
    try {
      for (Output output : machine.ask(message)) {
        writer.write(((Output.Send) output).message());
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// Hands what was sent to the network.
  public void flush() throws MarketException {
    try {
      writer.flush();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// Awaits the answer of the oldest request that waits for one.
  ///
  /// @throws MarketException the provider's refusal, or what broke the session
  public Message answer() throws MarketException {
    return switch (next()) {
      case Output.Answer answer -> answer.answer();
      case Output.Failed failed -> throw new MarketException(failed.error(), failed.detail());
      case Output other -> throw broken(MarketError.UNEXPECTED_MESSAGE, "unexpected " + other);
    };
  }

  /// The number of requests that wait for an answer.
  public int outstanding() {
    return machine.outstanding() + ready.size();
  }

  /// Opens the session for writing in the name of a renter.
  ///
  /// @throws MarketException `UNREACHABLE` when somebody else answers at this endpoint
  public void authenticate(KeyPair renter, Hash genesisHash, Address provider)
      throws MarketException {
    Message.Challenge challenge =
        (Message.Challenge) call(new Message.AskChallenge(renter.address()));
    if (!challenge.provider().equals(provider)) {
      throw broken(
          MarketError.UNREACHABLE,
          "provider " + challenge.provider() + " answers at the endpoint of " + provider);
    }
    Hash digest =
        new SessionChallenge(genesisHash, challenge.nonce(), renter.address(), provider).digest();
    call(new Message.AnswerChallenge(renter.sign(digest)));
  }

  /// Whether the session can be used for further requests.
  public boolean isUsable() {
    return !broken && outstanding() == 0;
  }

  /// Ends the session at once, whoever waits in it.
  public void reset() {
    broken = true;
    session.reset();
  }

  /// Ends the session.
  @Override
  public void close() {
    if (broken) {
      session.reset();
    }
    session.close();
  }

  private Output next() throws MarketException {
    while (ready.isEmpty()) {
      for (Output output : receive()) {
        if (output instanceof Output.End end) {
          throw broken(end.error(), end.detail());
        }
        ready.add(output);
      }
    }
    return ready.remove();
  }

  private Iterable<Output> receive() throws MarketException {
    try {
      @Nullable Bytes frame = reader.next();
      if (frame == null) {
        throw broken(MarketError.UNREACHABLE, "the provider closed the session");
      }
      return machine.step(MessageCodec.decode(frame));
    } catch (MalformedException e) {
      return machine.malformed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private MarketException broken(IOException e) {
    broken = true;
    boolean slow =
        e instanceof java.net.SocketTimeoutException || e instanceof java.io.InterruptedIOException;
    return new MarketException(
        slow ? MarketError.TIMEOUT : MarketError.UNREACHABLE,
        slow ? "made no progress in time" : "broke off: " + e.getMessage(),
        e);
  }

  private MarketException broken(MarketError error, String detail) {
    broken = true;
    return new MarketException(error, detail);
  }
}
