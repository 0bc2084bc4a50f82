package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.node.control.ControlClient;
import org.bitcloud.node.control.ControlException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The verbs of `signer`: what the operator of a `poa` signer votes for.
final class SignerVerbs {
  private SignerVerbs() {}

  /// A verb that asks the node of `--dir`, or the validator of the devnet there.
  abstract static class Asking extends Verb {
    Asking(Cli cli) {
      super(cli);
    }

    JsonNode ask(String action, ObjectNode request) throws CliException, ControlException {
      Path given = directory();
      Path validator = given.resolve("validator");
      Path node = Files.isDirectory(validator) ? validator : given;
      try (ControlClient client =
          Target.nodeControl(node)
              .orElseThrow(
                  () ->
                      new CliException(
                          "no node runs in " + node, "name the directory of one with --dir"))) {
        return client.call("signers/" + action, request);
      } catch (ControlException e) {
        if (String.valueOf(e.getMessage()).startsWith("no such action")) {
          throw new CliException(
              "the node in " + node + " signs no blocks of a poa network",
              "see: bitcloud node --help, option --account");
        }
        throw e;
      }
    }

    void show(JsonNode answer) {
      if (json) {
        print(answer);
        return;
      }
      answer.path("signers").forEach(signer -> say("signer    %s", signer.asText()));
      for (JsonNode vote : answer.path("votes")) {
        say(
            "vote      %s %s, by %d of %d (passes by %d)",
            vote.path("kind").asText(),
            vote.path("subject").asText(),
            vote.path("voters").size(),
            answer.path("signers").size(),
            answer.path("signers").size() / 2 + 1);
      }
      for (JsonNode own : answer.path("proposals")) {
        say("proposed  %s %s", own.path("kind").asText(), own.path("subject").asText());
      }
    }
  }

  /// `signer propose`: votes for a signer to come or to go.
  @Command(
      name = "propose",
      description = "Vote for a new signer, or for a signer to go, until the majority has decided.",
      footer = {
        "",
        "Example:",
        "  bitcloud signer propose 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 add --dir DIR",
        "More than half of the signers must propose the same. A signer must run before it is added:",
        "of two signers both are needed for every block."
      })
  static final class Propose extends Asking {
    @Parameters(index = "0", paramLabel = "ADDRESS", description = "whom the vote is on")
    String subject = "";

    @Parameters(index = "1", paramLabel = "add|remove", description = "what shall become of it")
    String kind = "";

    Propose(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      JsonNode answer = ask("propose", object().put("subject", subject).put("kind", kind));
      if (!json) {
        say("voted for %s: %s", subject, answer.path("answer").asText());
      }
      show(answer);
    }
  }

  /// `signer discard`: votes no more.
  @Command(
      name = "discard",
      description = "Propose no more, and take back a vote that has not passed yet.",
      footer = {
        "",
        "Example:",
        "  bitcloud signer discard 0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
      })
  static final class Discard extends Asking {
    @Parameters(index = "0", paramLabel = "ADDRESS", description = "whom the vote is on")
    String subject = "";

    Discard(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      JsonNode answer = ask("discard", object().put("subject", subject));
      if (!json) {
        say("%s: %s", subject, answer.path("answer").asText());
      }
      show(answer);
    }
  }

  /// `signer list`: who signs, what is voted on, what this node proposes.
  @Command(
      name = "list",
      description = "Show who signs, what is being voted on, and what this node proposes.",
      footer = {"", "Example:", "  bitcloud signer list --json"})
  static final class ListSigners extends Asking {
    ListSigners(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      show(ask("list", object()));
    }
  }
}
