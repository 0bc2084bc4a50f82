package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.bitcloud.node.control.ControlClient;
import picocli.CommandLine.Command;

/// `devnet status`: which nodes run, and where.
@Command(name = "status", description = "Show which nodes of the devnet run, and where.")
final class DevnetStatusVerb extends Verb {
  DevnetStatusVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    try (ControlClient control = Target.control(directory())) {
      JsonNode state = control.call("status", object());
      if (json) {
        print(state);
        return;
      }
      say("JSON-RPC  %s", state.path("rpc").asText());
      say("Gateway   %s", state.path("gateway").asText());
      for (JsonNode node : state.path("nodes")) {
        String at =
            node.path("endpoint").asText(node.path("rpc").asText(node.path("url").asText()));
        say(
            "  %-12s %-12s process %-8d %s",
            node.path("id").asText(),
            node.path("running").asBoolean() ? "running" : "not running",
            node.path("pid").asLong(),
            at);
      }
    }
  }
}
