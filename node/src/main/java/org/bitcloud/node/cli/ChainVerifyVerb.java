package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Optional;
import org.bitcloud.node.ChainAccess;
import org.bitcloud.node.DataDirectory;
import org.bitcloud.node.control.ControlClient;
import org.bitcloud.node.control.VerifyJob;
import picocli.CommandLine.Command;

/// `chain verify`: replays every block and counts every coin.
@Command(
    name = "verify",
    description = "Replay every block from genesis and check that no coin appeared or vanished.",
    footer = {
      "",
      "A running node replays by itself; of a stopped one the directory is opened.",
      "Example:",
      "  bitcloud chain verify"
    })
final class ChainVerifyVerb extends Verb {
  private boolean ok;

  ChainVerifyVerb(Cli cli) {
    super(cli);
  }

  @Override
  public Integer call() throws Exception {
    run();
    return ok ? 0 : 1;
  }

  @Override
  void run() throws Exception {
    ChainFolder folder = ChainFolder.existing(cli, directory());
    JsonNode result;
    try (ProgressBar bar = new ProgressBar(cli, json)) {
      Optional<ControlClient> control = Target.nodeControl(folder.node());
      result = control.isPresent() ? remote(control.get(), bar) : local(folder, bar);
    }
    ok = result.path("ok").asBoolean();
    if (json) {
      print(result);
    } else if (ok) {
      report(result);
    }
    if (!ok) {
      cli.err().println("error: the chain does not verify: " + result.path("problem").asText());
    }
  }

  private static JsonNode remote(ControlClient client, ProgressBar bar) throws Exception {
    try (client) {
      ObjectNode request = object().put("start", true);
      while (true) {
        JsonNode state = client.call("verify", request);
        if (state.path("done").asBoolean()) {
          return state;
        }
        long height = state.path("height").asLong();
        bar.update("verify", height, state.path("head").asLong(), "block " + height);
        request = object().put("seen", height);
      }
    }
  }

  private static JsonNode local(ChainFolder folder, ProgressBar bar) throws Exception {
    try (DataDirectory _ = folder.lock();
        ChainAccess access = folder.open()) {
      return VerifyJob.now(
          access,
          (done, head) ->
              bar.update("verify", done.value(), head.value(), "block " + done.value()));
    }
  }

  private void report(JsonNode result) {
    long first = result.path("first").asLong();
    say(
        "%d blocks and %d transactions replayed",
        result.path("height").asLong() - first, result.path("transactions").asLong());
    if (first > 0) {
      say("the first %d blocks are not kept here; their result was taken as it is", first);
    }
    say("state root %s", result.path("stateRoot").asText());
    say("%d accounts hold  %s CLD", result.path("accounts").asLong(), exact(result, "balances"));
    say(
        "genesis %s + minted %s - burned %s CLD",
        exact(result, "genesis"), exact(result, "minted"), exact(result, "burned"));
    say("ok: every block is valid, and no coin appeared or vanished");
  }

  private static String exact(JsonNode result, String field) {
    return Money.exact(new BigInteger(result.path(field).asText("0")));
  }
}
