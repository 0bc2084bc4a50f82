package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.config.Setting;
import picocli.CommandLine.Command;

/// `config show`: what a node would run with.
@Command(
    name = "show",
    description = "Show every setting a node would run with, and where it comes from.",
    footer = {
      "",
      "Passwords are no settings and are never shown; passwordFile is only the name of a file.",
      "Example:",
      "  bitcloud config show --dir ~/.bitcloud/node"
    })
final class ConfigShowVerb extends Verb {
  ConfigShowVerb(Cli cli) {
    super(cli);
  }

  @Override
  Path directory() {
    return directoryOr("node");
  }

  @Override
  void run() throws Exception {
    NodeConfig config = NodeConfig.load(directory(), cli.environment(), Map.of());
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    for (Setting setting : Setting.values()) {
      lines.add(line(setting, config.text(setting), config.origin(setting)));
      if (setting == Setting.GENESIS && config.optional(setting).isEmpty()) {
        ChainFolder.ownGenesis(directory())
            .map(own -> line(setting, own.toString(), "found in " + directory()))
            .ifPresent(found -> lines.set(lines.size() - 1, found));
      }
    }
    if (json) {
      print(lines);
      return;
    }
    lines.forEach(
        line ->
            say(
                "%-14s %-28s %s",
                line.path("key").asText(),
                line.path("value").asText(),
                line.path("origin").asText()));
  }

  private static ObjectNode line(Setting setting, String value, String origin) {
    return object()
        .put("key", setting.key())
        .put("value", value)
        .put("origin", origin)
        .put("variable", setting.variable())
        .put("flag", setting.flag());
  }
}
