package org.bitcloud.node.control;

import java.util.HashMap;
import java.util.Map;
import org.bitcloud.node.LedgerNode;

/// What commands may ask of a node that keeps the chain.
public final class LedgerActions {
  private LedgerActions() {}

  /// The actions of a node that has started: `verify`, and those of [SignerActions] where it votes.
  public static Map<String, ControlAction> of(LedgerNode node) {
    Map<String, ControlAction> actions = new HashMap<>();
    actions.put("verify", new VerifyJob(node.access()));
    node.proposals().ifPresent(proposals -> actions.putAll(SignerActions.of(proposals)));
    return actions;
  }
}
