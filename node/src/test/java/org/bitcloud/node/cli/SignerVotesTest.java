package org.bitcloud.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.devnet.Devnet;
import org.bitcloud.node.devnet.DevnetSettings;
import org.bitcloud.node.wiring.Assembly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Votes on signers through the command line, across a restart.
@Timeout(120)
final class SignerVotesTest {
  private static final String OTHER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

  @TempDir Path home;

  private Devnet devnet(String engine) throws Exception {
    Path directory = home.resolve("devnet");
    Files.createDirectories(directory);
    return new Devnet(
        new DevnetSettings(
            directory,
            0,
            0,
            OptionalInt.empty(),
            engine,
            OptionalLong.empty(),
            OptionalLong.empty(),
            false,
            NodeConfig.load(directory, Map.of(), Map.of())),
        new Assembly());
  }

  private JsonNode list() {
    return Ran.command(home, "signer", "list", "--json").succeeded().json();
  }

  @Test
  void votesSignersInAndKeepsProposalsAcrossARestart() throws Exception {
    String own;
    Devnet devnet = devnet("poa");
    devnet.start();
    try {
      own = list().path("signers").get(0).asText();
      // The last signer cannot go, so this waits.
      Ran.command(home, "signer", "propose", own, "remove").succeeded();
      refused("signs already", "signer", "propose", own, "add");
      refused("say add or remove", "signer", "propose", OTHER, "perhaps");
      refused("address", "signer", "propose", "0x12", "add");
    } finally {
      devnet.stop();
    }
    Devnet again = devnet("poa");
    again.start();
    try {
      JsonNode kept = list().path("proposals");
      assertEquals(1, kept.size());
      assertEquals(own, kept.get(0).path("subject").asText());
      assertEquals("remove", kept.get(0).path("kind").asText());
      Ran.command(home, "signer", "discard", own).succeeded();
      assertEquals(0, list().path("proposals").size());
      refused("nothing is proposed", "signer", "discard", own);
      Ran.command(home, "signer", "propose", OTHER, "add").succeeded();
      while (list().path("signers").size() < 2) {
        Thread.onSpinWait(); // each look asks the node; the test's timeout ends it
      }
      assertEquals(0, list().path("proposals").size(), "what is decided is proposed no more");
    } finally {
      again.stop();
    }
    refused("no node runs", "signer", "list");
  }

  @Test
  void otherEnginesHaveNoVotes() throws Exception {
    Devnet devnet = devnet("dev");
    devnet.start();
    try {
      refused("signs no blocks of a poa network", "signer", "list");
    } finally {
      devnet.stop();
    }
  }

  private void refused(String why, String... command) {
    Ran ran = Ran.command(home, command);
    assertEquals(1, ran.status());
    assertTrue(ran.err().startsWith("error: ") && ran.err().contains(why), ran.err());
  }
}
