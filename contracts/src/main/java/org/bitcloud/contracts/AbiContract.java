package org.bitcloud.contracts;

import java.util.List;
import org.bitcloud.primitives.abi.AbiError;
import org.bitcloud.primitives.abi.AbiEvent;
import org.bitcloud.primitives.abi.AbiFunction;
import org.bitcloud.primitives.abi.AbiJson;

/// The published interface of a corporation.
///
/// @param name what Solidity and tools call it
/// @param functions what can be called
/// @param events what it emits
/// @param errors how it reverts
public record AbiContract(
    String name, List<AbiFunction> functions, List<AbiEvent> events, List<AbiError> errors) {
  /// Copies the lists.
  public AbiContract {
    functions = List.copyOf(functions);
    events = List.copyOf(events);
    errors = List.copyOf(errors);
  }

  /// The JSON ABI that wallets and libraries read.
  public String json() {
    return AbiJson.json(functions, events, errors);
  }

  /// The same as a Solidity interface named with a leading I.
  public String solidity() {
    return AbiJson.solidity("I" + name, functions, events, errors);
  }
}
