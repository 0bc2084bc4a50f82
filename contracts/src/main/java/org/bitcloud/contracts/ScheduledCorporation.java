package org.bitcloud.contracts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;

/// A corporation whose rules come into force at a height that genesis names.
///
/// It is founded at genesis, so that its address belongs to nobody else; until its height it
/// refuses every call and its hook does not run.
record ScheduledCorporation(Corporation rules, long activationHeight) implements Corporation {
  /// The parameter that every corporation takes in genesis: from which height on it acts.
  static final String PARAMETER = "activationHeight";

  /// The rule that a call before the height breaks.
  static final String INACTIVE_RULE = "TX-21";

  private static final long HEIGHT_MAX = 1L << 52;

  /// The corporation as its part of genesis schedules it; itself if it acts from the start.
  ///
  /// @throws GenesisException if the height is no number
  static Corporation of(Corporation rules, Map<String, String> parameters) throws GenesisException {
    String text = parameters.getOrDefault(PARAMETER, "0");
    if (!text.matches("[0-9]{1,16}") || Long.parseLong(text) > HEIGHT_MAX) {
      throw new GenesisException(
          "%s: parameter '%s' must be a number from 0 to %d"
              .formatted(rules.name(), PARAMETER, HEIGHT_MAX));
    }
    return parameters.containsKey(PARAMETER)
        ? new ScheduledCorporation(rules, Long.parseLong(text))
        : rules;
  }

  @Override
  public Address address() {
    return rules.address();
  }

  @Override
  public String name() {
    return rules.name();
  }

  @Override
  public AbiContract abi() {
    return rules.abi();
  }

  @Override
  public int charterVersion() {
    return rules.charterVersion();
  }

  @Override
  public Bytes call(CallContext context, Bytes input) throws Revert {
    if (context.block().height() < activationHeight) {
      throw new Revert(INACTIVE_RULE, "corporation is not active before block " + activationHeight);
    }
    return rules.call(context, input);
  }

  @Override
  public void beginBlock(HookContext context) {
    if (context.block().height() >= activationHeight) {
      rules.beginBlock(context);
    }
  }

  @Override
  public Optional<AttestationRules> attestationRules(long height) {
    return height < activationHeight ? Optional.empty() : rules.attestationRules(height);
  }

  @Override
  public void genesis(HookContext context, Map<String, String> parameters) throws GenesisException {
    Map<String, String> own = new HashMap<>(parameters);
    own.remove(PARAMETER);
    rules.genesis(context, own);
  }
}
