package org.bitcloud.contracts.naming;

import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiEvent;

/// What a call of the Naming corporation changed; together they tell every name's history.
public sealed interface NamingEvent {
  /// A sender committed to a name that nobody else knows yet.
  record Committed(Hash commitment, Address sender) implements NamingEvent {}

  /// A name was registered; its price was burned. It has no records.
  record NameRegistered(Address owner, String label, long expiresMillis, Amount burned)
      implements NamingEvent {}

  /// A name was paid for until a later time; the price was burned.
  record NameRenewed(String label, long expiresMillis, Amount burned) implements NamingEvent {}

  /// A name has another owner.
  record NameTransferred(Address from, Address to, String label) implements NamingEvent {}

  /// A name says something else; a record of no bytes was removed.
  record RecordSet(String label, NameRecord record) implements NamingEvent {}

  /// The event as a log's topics and data.
  default AbiEvent.Encoded encode() {
    return switch (this) {
      case Committed e -> NamingAbi.COMMITTED_TO.encode(e.commitment, e.sender);
      case NameRegistered e ->
          NamingAbi.REGISTERED.encode(
              Label.id(e.label), e.owner, e.label, e.expiresMillis, e.burned);
      case NameRenewed e ->
          NamingAbi.RENEWED.encode(Label.id(e.label), e.label, e.expiresMillis, e.burned);
      case NameTransferred e ->
          NamingAbi.TRANSFERRED.encode(Label.id(e.label), e.from, e.to, e.label);
      case RecordSet e ->
          NamingAbi.RECORD_SET.encode(Label.id(e.label), e.label, e.record.key(), e.record.value());
    };
  }

  /// The event that a log tells; empty if another corporation emitted it, or another charter did.
  ///
  /// @throws MalformedException if the log has the event's name but not its form
  static Optional<NamingEvent> decode(Log log) throws MalformedException {
    if (!log.address().equals(NamingAbi.ADDRESS) || log.topics().isEmpty()) {
      return Optional.empty();
    }
    for (AbiEvent event : NamingAbi.CONTRACT_ABI.events()) {
      if (event.topic0().equals(log.topics().getFirst())) {
        return Optional.of(of(event, new Values(event.decode(log.topics(), log.data()))));
      }
    }
    return Optional.empty();
  }

  private static NamingEvent of(AbiEvent event, Values v) throws MalformedException {
    return switch (event.name()) {
      case "Committed" -> new Committed(new Hash(v.bytes(0)), v.address(1));
      case "NameRegistered" ->
          new NameRegistered(v.address(1), v.text(2), v.number(3), v.amount(4));
      case "NameRenewed" -> new NameRenewed(v.text(1), v.number(2), v.amount(3));
      case "NameTransferred" -> new NameTransferred(v.address(1), v.address(2), v.text(3));
      default -> new RecordSet(v.text(1), new NameRecord(v.text(2), v.bytes(3)));
    };
  }

  /// Decoded values by their place, of the types that the event's definition promises.
  record Values(List<Object> list) {
    Address address(int index) {
      return (Address) list.get(index);
    }

    Amount amount(int index) {
      return (Amount) list.get(index);
    }

    Bytes bytes(int index) {
      return (Bytes) list.get(index);
    }

    String text(int index) {
      return (String) list.get(index);
    }

    long number(int index) throws MalformedException {
      if (!amount(index).fitsLong()) {
        throw new MalformedException("number is too large");
      }
      return amount(index).toLong();
    }
  }
}
