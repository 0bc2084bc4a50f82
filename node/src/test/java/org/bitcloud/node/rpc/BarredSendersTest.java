package org.bitcloud.node.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bitcloud.node.GenesisFile;
import org.bitcloud.node.LedgerNode;
import org.bitcloud.node.ServiceException;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.primitives.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose transactions a node takes, by where it listens.
class BarredSendersTest {
  private static final Address USER = TestLedgerNode.key(0, 3).address();
  private static final Address NODE = TestLedgerNode.key(1, 1).address();
  private static final Address STRANGER = TestLedgerNode.key(2, 0).address();

  @Test
  void takesDevnetKeysOnlyWhereNobodyElseCanSend() {
    for (String host : new String[] {"127.0.0.1", "localhost", "::1", "127.3.2.1"}) {
      assertFalse(DevnetKeys.barred(DevnetKeys.CHAIN_ID, host).test(USER), host);
    }
    for (String host : new String[] {"0.0.0.0", "::", "192.168.1.4", "10.0.0.1"}) {
      Predicate<Address> barred = DevnetKeys.barred(DevnetKeys.CHAIN_ID, host);
      assertTrue(barred.test(USER) && barred.test(NODE), host);
      assertFalse(barred.test(STRANGER), host);
    }
    assertTrue(DevnetKeys.barred(201_401, "127.0.0.1").test(USER), "on any other chain");
  }

  @Test
  void aNodeThatOthersReachDoesNotStartOnCoinsThatEverybodyCanSpend(@TempDir Path folder)
      throws Exception {
    Path database = folder.resolve("chain");
    HttpSettings everywhere =
        new HttpSettings("0.0.0.0", 0, 1 << 20, 8, Duration.ofSeconds(5), Set.of());
    LedgerNode node =
        new LedgerNode(
            new LedgerNode.LedgerSettings(
                database, GenesisFile.embedded("devnet"), everywhere, 32L << 20),
            new LedgerNode.Ports(
                Optional.empty(), InstantSource.system(), new SecureRandom(), _ -> {}));
    ServiceException refused = assertThrows(ServiceException.class, node::start);
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("a devnet key that everybody knows"), message);
    assertTrue(message.contains("--rpc-host 127.0.0.1"), message);
    assertFalse(Files.exists(database), "nothing was begun");
  }
}
