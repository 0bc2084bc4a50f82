package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bitcloud.node.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `devnet kill|stop|start NODE…`: acts on nodes of a running devnet.
abstract class DevnetNodesVerb extends Verb {
  @Parameters(
      paramLabel = "NODE",
      arity = "0..*",
      description = "such as provider-2, validator, gateway")
  List<String> nodes = List.of();

  private final String action;

  DevnetNodesVerb(Cli cli, String action) {
    super(cli);
    this.action = action;
  }

  @Override
  void run() throws Exception {
    if (nodes.isEmpty()) {
      throw new CliException(
          "no node is named", "such as: bitcloud devnet " + action + " provider-2");
    }
    try (ControlClient control = Target.control(directory())) {
      ObjectNode request = object();
      ArrayNode list = request.putArray("nodes");
      nodes.forEach(list::add);
      JsonNode state = control.call(action, request);
      if (json) {
        print(state);
        return;
      }
      for (JsonNode node : state.path("nodes")) {
        if (nodes.contains(node.path("id").asText())) {
          say(
              "%s: %s",
              node.path("id").asText(),
              node.path("running").asBoolean() ? "running" : "not running");
        }
      }
    }
  }

  /// Ends nodes without warning.
  @Command(
      name = "kill",
      description = "End nodes without warning, as a crash would.",
      footer = {"", "Example:", "  bitcloud devnet kill provider-2 provider-3"})
  static final class Kill extends DevnetNodesVerb {
    Kill(Cli cli) {
      super(cli, "kill");
    }
  }

  /// Stops nodes in order, or the whole devnet.
  @Command(
      name = "stop",
      description = "Stop nodes in order; without names, the whole devnet.",
      footer = {"", "Example:", "  bitcloud devnet stop gateway"})
  static final class Stop extends DevnetNodesVerb {
    Stop(Cli cli) {
      super(cli, "stop");
    }

    @Override
    void run() throws Exception {
      if (!nodes.isEmpty()) {
        super.run();
        return;
      }
      try (ControlClient control = Target.control(directory())) {
        JsonNode answer = control.call("shutdown", object());
        if (json) {
          print(answer);
        } else {
          say("the devnet is stopping");
        }
      }
    }
  }

  /// Starts nodes that were stopped or killed.
  @Command(
      name = "start",
      description = "Start nodes that were stopped or killed.",
      footer = {"", "Example:", "  bitcloud devnet start provider-2"})
  static final class Start extends DevnetNodesVerb {
    Start(Cli cli) {
      super(cli, "start");
    }
  }
}
