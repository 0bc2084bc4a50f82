package org.bitcloud.market.protocol;

import org.bitcloud.market.MarketError;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// What a machine wants its driver to do, in the order given.
public sealed interface Output {
  /// Send a message to the peer.
  record Send(Message message) implements Output {}

  /// Do what the peer asks and send exactly one answer (which may end in chunks); provider side.
  ///
  /// @param renter who answered the session's challenge; null when the request needs nobody's name
  record Perform(Message request, @Nullable Address renter) implements Output {}

  /// A request was answered; renter side.
  record Answer(Message request, Message answer) implements Output {}

  /// A request for bytes was answered with bytes that verify; renter side.
  record Received(Message request, Bytes data) implements Output {}

  /// A request was refused, or answered with bytes that do not verify; renter side.
  record Failed(Message request, MarketError error, String detail) implements Output {}

  /// The peer broke the protocol: tell it why and close the session.
  record End(MarketError error, String detail) implements Output {}
}
