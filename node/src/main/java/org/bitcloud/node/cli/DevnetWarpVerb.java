package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.consensus.dev.DevEngineProvider;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.control.ControlClient;
import org.bitcloud.node.control.ControlException;
import org.bitcloud.node.devnet.Warp;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `devnet warp WINDOWS`: lets storage windows pass.
@Command(
    name = "warp",
    description = "Let storage windows pass in chain time, with their proofs.",
    footer = {"", "Example:", "  bitcloud devnet warp 10"})
final class DevnetWarpVerb extends Verb {
  private static final long WINDOWS_MAX = 100_000;

  @Parameters(paramLabel = "WINDOWS", description = "how many windows")
  long windows;

  DevnetWarpVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    if (windows < 1 || windows > WINDOWS_MAX) {
      throw new CliException("WINDOWS must be 1 to " + WINDOWS_MAX + ", not " + windows);
    }
    Target target = Target.find(cli, directory, null);
    requireWarp(target);
    long[] late = new long[1];
    WindowStatus end;
    try (ControlClient control = Target.control(directory());
        RpcLedger ledger = target.ledger();
        HeadGate heads = new HeadGate(ledger);
        ProgressBar bar = new ProgressBar(cli, json)) {
      end =
          new Warp(
                  ledger,
                  heads,
                  millis -> ledger.client().call("dev_advance", millis),
                  () -> running(control, target.rpc()))
              .run(
                  windows,
                  (index, done, missing) -> {
                    late[0] += missing;
                    bar.update("warp", done, windows, "window " + index);
                  });
    }
    if (json) {
      print(object().put("window", end.index()).put("windows", windows).put("late", late[0]));
      return;
    }
    say("window %d is open; %d passed", end.index(), windows);
    if (late[0] > 0) {
      say("%d proofs of running providers did not come in time", late[0]);
    }
  }

  private static void requireWarp(Target target) throws Exception {
    try (RpcLedger ledger = target.ledger()) {
      String engine = ledger.client().call("bitcloud_nodeInfo").path("engine").asText();
      if (!engine.equals(DevEngineProvider.ID)) {
        throw new CliException(
            "the time of a chain with engine " + engine + " cannot be moved",
            "let the windows pass, or found a devnet with --engine dev");
      }
    }
  }

  private static List<Address> running(ControlClient control, URI rpc) throws LedgerException {
    List<Address> running = new ArrayList<>();
    try {
      for (JsonNode node : control.call("status", object()).path("nodes")) {
        if (node.path("role").asText().equals("provider") && node.path("running").asBoolean()) {
          running.add(Address.fromHex(node.path("address").asText()));
        }
      }
      return running;
    } catch (ControlException | MalformedException e) {
      throw new LedgerException(
          LedgerException.Kind.UNAVAILABLE, "the devnet of " + rpc + ": " + e.getMessage(), e);
    }
  }
}
