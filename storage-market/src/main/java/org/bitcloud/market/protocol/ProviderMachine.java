package org.bitcloud.market.protocol;

import java.util.List;
import org.bitcloud.market.MarketError;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// The provider's side of one session, without any I/O: which message may come when, and who asks.
///
/// The first message names the protocol. Every request leads to one `Perform`, whose answer the
/// driver sends before the next step. After an `End` the session is over.
public final class ProviderMachine {
  private enum State {
    NEW,
    OPEN,
    CHALLENGED,
    WRITING,
    OVER
  }

  private final Hash genesisHash;
  private final Address provider;
  private final Bytes nonce;
  private State state = State.NEW;
  private @Nullable Protocol protocol;
  private @Nullable Address claimed;
  private @Nullable Address renter;
  private int toCome;

  /// Begins a session.
  ///
  /// @param genesisHash the network that signatures are for
  /// @param provider the address of this side
  /// @param nonce 32 fresh random bytes
  public ProviderMachine(Hash genesisHash, Address provider, Bytes nonce) {
    this.genesisHash = genesisHash;
    this.provider = provider;
    this.nonce = nonce;
  }

  /// Takes a message and says what to do.
  public List<Output> step(Message message) {
    return switch (state) {
      case NEW -> hello(message);
      case OPEN -> request(message);
      case CHALLENGED -> answer(message);
      case WRITING -> writing(message);
      case OVER -> List.of();
    };
  }

  /// Takes bytes that are no message.
  public List<Output> malformed(String detail) {
    return end(MarketError.MALFORMED, detail);
  }

  /// Whether the session is over.
  public boolean isOver() {
    return state == State.OVER;
  }

  /// Whether a sector is on its way in.
  public boolean isWriting() {
    return state == State.WRITING;
  }

  private List<Output> hello(Message message) {
    if (!(message instanceof Message.Hello hello)) {
      return unexpected(message);
    }
    protocol = Protocol.byId(hello.protocol()).orElse(null);
    if (protocol == null) {
      return end(MarketError.UNKNOWN_PROTOCOL, "protocol " + hello.protocol() + " is not served");
    }
    state = State.OPEN;
    return List.of();
  }

  private List<Output> request(Message message) {
    if (protocolOf(message) != protocol) {
      return unexpected(message);
    }
    return switch (message) {
      case Message.AskChallenge m -> challenge(m);
      case Message.WriteSector m when renter != null -> begin(m);
      case Message.DeleteSector _, Message.AskRoots _, Message.MarkManifest _ when renter != null ->
          List.of(new Output.Perform(message, renter));
      case Message.WriteSector _,
          Message.DeleteSector _,
          Message.AskRoots _,
          Message.MarkManifest _ ->
          end(MarketError.NOT_AUTHENTICATED, "answer a challenge first");
      default -> List.of(new Output.Perform(message, null));
    };
  }

  private List<Output> challenge(Message.AskChallenge message) {
    if (renter != null) {
      return unexpected(message);
    }
    claimed = message.renter();
    state = State.CHALLENGED;
    return List.of(new Output.Send(new Message.Challenge(nonce, provider)));
  }

  private List<Output> answer(Message message) {
    if (!(message instanceof Message.AnswerChallenge answer) || claimed == null) {
      return unexpected(message);
    }
    if (!new SessionChallenge(genesisHash, nonce, claimed, provider)
        .isSignedBy(answer.signature())) {
      return end(MarketError.BAD_SIGNATURE, "the challenge is not signed by " + claimed);
    }
    renter = claimed;
    state = State.OPEN;
    return List.of(new Output.Send(new Message.Authenticated()));
  }

  private List<Output> begin(Message.WriteSector message) {
    state = State.WRITING;
    toCome = message.length();
    return List.of(new Output.Perform(message, renter));
  }

  private List<Output> writing(Message message) {
    return switch (message) {
      case Message.Chunk m when m.data().size() <= toCome -> {
        toCome -= m.data().size();
        yield List.of(new Output.Perform(m, renter));
      }
      case Message.Chunk _ -> end(MarketError.MALFORMED, "chunks exceed the length stated");
      case Message.EndWrite m when toCome == 0 -> {
        state = State.OPEN;
        yield List.of(new Output.Perform(m, renter));
      }
      case Message.EndWrite _ -> end(MarketError.MALFORMED, toCome + " bytes are missing");
      default -> unexpected(message);
    };
  }

  private static @Nullable Protocol protocolOf(Message message) {
    return switch (message) {
      case Message.AskPrice _ -> Protocol.PRICE;
      case Message.ProposeTerms _, Message.ProposeRevision _, Message.AskRevision _ ->
          Protocol.CONTRACT;
      case Message.AskChallenge _,
          Message.WriteSector _,
          Message.ReadRange _,
          Message.DeleteSector _,
          Message.AskRoots _,
          Message.MarkManifest _,
          Message.AskManifest _ ->
          Protocol.SECTOR;
      default -> null;
    };
  }

  private List<Output> unexpected(Message message) {
    return end(
        MarketError.UNEXPECTED_MESSAGE,
        message.getClass().getSimpleName() + " is not allowed here");
  }

  private List<Output> end(MarketError error, String detail) {
    state = State.OVER;
    return List.of(new Output.End(error, detail));
  }
}
