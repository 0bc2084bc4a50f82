package org.bitcloud.contracts.naming;

import java.util.HashMap;
import java.util.Map;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiFunction;
import org.bitcloud.primitives.abi.AbiReader;
import org.jspecify.annotations.Nullable;

/// A call of the Naming corporation: what a transaction's input, or `eth_call`'s, says.
public sealed interface NamingCall {
  /// Commits to a name without showing it; `commitment` is a [Commitment#hash].
  record Commit(Hash commitment) implements NamingCall {}

  /// Shows what the sender committed to and registers it; the coins sent are its price.
  record Reveal(Commitment commitment, long years) implements NamingCall {}

  /// Pays for more years of a name, whoever owns it; the coins sent are their price.
  record Renew(String label, long years) implements NamingCall {}

  /// Gives the sender's name to somebody else, with its records.
  record Transfer(String label, Address to) implements NamingCall {}

  /// Sets a record of the sender's name, or removes it where its value is empty.
  record SetRecord(String label, NameRecord record) implements NamingCall {}

  /// Asks for the value of one record.
  record Resolve(String label, String key) implements NamingCall {}

  /// Asks for all records of a name.
  record Records(String label) implements NamingCall {}

  /// Asks where a name is in its life.
  record Status(String label) implements NamingCall {}

  /// Asks what a label costs for so many years.
  record Price(String label, long years) implements NamingCall {}

  /// Asks for the hash to commit with. The node that answers learns the secret.
  record HashOf(Commitment commitment) implements NamingCall {}

  /// Asks when a sender committed.
  record Committed(Address sender, Hash commitment) implements NamingCall {}

  /// Asks for prices and times.
  record Tariff() implements NamingCall {}

  /// Whether coins may come with it.
  default boolean isPayable() {
    return this instanceof Reveal || this instanceof Renew;
  }

  /// The call as a transaction's input.
  default Bytes encode() {
    return switch (this) {
      case Commit c -> NamingAbi.COMMIT.call(w -> w.hash(c.commitment));
      case Reveal c ->
          NamingAbi.REVEAL.call(
              w ->
                  w.text(c.commitment.label())
                      .address(c.commitment.owner())
                      .hash(c.commitment.secret())
                      .uint(c.years));
      case Renew c -> NamingAbi.RENEW.call(w -> w.text(c.label).uint(c.years));
      case Transfer c -> NamingAbi.TRANSFER.call(w -> w.text(c.label).address(c.to));
      case SetRecord c ->
          NamingAbi.SET_RECORD.call(
              w -> w.text(c.label).text(c.record.key()).bytes(c.record.value()));
      case Resolve c -> NamingAbi.RESOLVE.call(w -> w.text(c.label).text(c.key));
      case Records c -> NamingAbi.RECORDS.call(w -> w.text(c.label));
      case Status c -> NamingAbi.STATUS.call(w -> w.text(c.label));
      case Price c -> NamingAbi.PRICE.call(w -> w.text(c.label).uint(c.years));
      case HashOf c ->
          NamingAbi.COMMITMENT.call(
              w ->
                  w.text(c.commitment.label())
                      .address(c.commitment.owner())
                      .hash(c.commitment.secret()));
      case Committed c -> NamingAbi.COMMITTED.call(w -> w.address(c.sender).hash(c.commitment));
      case Tariff _ -> NamingAbi.TARIFF.call(_ -> {});
    };
  }

  /// Whether the input's first four bytes name a function of the corporation.
  static boolean isKnown(Bytes input) {
    return decoder(input) != null;
  }

  /// The call that an input says.
  ///
  /// @throws MalformedException if it names no function or its arguments are not canonical
  static NamingCall decode(Bytes input) throws MalformedException {
    AbiReader.ElementReader<NamingCall> decoder = decoder(input);
    if (decoder == null) {
      throw new MalformedException("input names no function of Naming");
    }
    return AbiReader.decode(input.slice(AbiFunction.SELECTOR_SIZE), decoder);
  }

  private static AbiReader.@Nullable ElementReader<NamingCall> decoder(Bytes input) {
    return input.size() < AbiFunction.SELECTOR_SIZE
        ? null
        : Decoders.BY_SELECTOR.get(input.slice(0, AbiFunction.SELECTOR_SIZE));
  }

  /// How the arguments of each function are read.
  final class Decoders {
    // Longer than any label, key or record may be, so that the rule that forbids them is named.
    private static final int TEXT_BYTES_MAX = 256;
    private static final int VALUE_BYTES_MAX = 4_096;

    private static final Map<Bytes, AbiReader.ElementReader<NamingCall>> BY_SELECTOR =
        new HashMap<>();

    static {
      put(NamingAbi.COMMIT, in -> new Commit(in.hash()));
      put(NamingAbi.REVEAL, in -> new Reveal(commitment(in), in.uint64()));
      put(NamingAbi.RENEW, in -> new Renew(text(in), in.uint64()));
      put(NamingAbi.TRANSFER, in -> new Transfer(text(in), in.address()));
      put(
          NamingAbi.SET_RECORD,
          in ->
              new SetRecord(
                  text(in), new NameRecord(text(in), in.bytes(VALUE_BYTES_MAX).compact())));
      put(NamingAbi.RESOLVE, in -> new Resolve(text(in), text(in)));
      put(NamingAbi.RECORDS, in -> new Records(text(in)));
      put(NamingAbi.STATUS, in -> new Status(text(in)));
      put(NamingAbi.PRICE, in -> new Price(text(in), in.uint64()));
      put(NamingAbi.COMMITMENT, in -> new HashOf(commitment(in)));
      put(NamingAbi.COMMITTED, in -> new Committed(in.address(), in.hash()));
      put(NamingAbi.TARIFF, _ -> new Tariff());
    }

    private Decoders() {}

    private static void put(AbiFunction function, AbiReader.ElementReader<NamingCall> decoder) {
      BY_SELECTOR.put(function.selector(), decoder);
    }

    private static Commitment commitment(AbiReader in) throws MalformedException {
      return new Commitment(text(in), in.address(), in.hash());
    }

    private static String text(AbiReader in) throws MalformedException {
      return in.text(TEXT_BYTES_MAX);
    }
  }
}
