package org.bitcloud.contracts;

import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;

/// A set of rules that lives at an address, owns coins and entries, and is called like a contract.
///
/// Implementations keep no state of their own: everything is in the entries, so that one instance
/// serves every thread and every branch of the chain. Equal inputs give equal effects, equal gas
/// and equal output on every machine.
public interface Corporation {
  /// Where it lives; no key leads there.
  Address address();

  /// One word that names it in genesis files and to users.
  String name();

  /// Its functions, events and errors.
  AbiContract abi();

  /// Which version of its rules is in force.
  default int charterVersion() {
    return 1;
  }

  /// The bytes that stand for its code, which wallets ask for to tell it from a person.
  ///
  /// They begin with `0xef`, which no Ethereum contract's code may begin with.
  default Bytes marker() {
    return Bytes.concat(
        Bytes.of((byte) 0xef), Bytes.ofUtf8("bitcloud " + name() + " " + charterVersion()));
  }

  /// Runs one call.
  ///
  /// @param input the ABI-encoded function call
  /// @return the ABI-encoded results
  /// @throws Revert if a rule forbids it; then everything the call did is undone
  Bytes call(CallContext context, Bytes input) throws Revert;

  /// Runs before the first transaction of every block but genesis.
  void beginBlock(HookContext context);

  /// Its rules for bandwidth attestations, if it has some at a height. One corporation of a network
  /// at most has.
  default Optional<AttestationRules> attestationRules(long height) {
    return Optional.empty();
  }

  /// Writes the entries that it starts with.
  ///
  /// @param parameters its part of the genesis file
  /// @throws GenesisException if a parameter is unknown, missing or out of bounds
  void genesis(HookContext context, Map<String, String> parameters) throws GenesisException;
}
