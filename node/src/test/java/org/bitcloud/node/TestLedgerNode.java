package org.bitcloud.node;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.wallet.DerivationPath;
import org.bitcloud.primitives.wallet.Mnemonic;

/// A real devnet validator on free ports in a folder of its own.
public final class TestLedgerNode implements AutoCloseable {
  private static final String WORDS = "test test test test test test test test test test test junk";
  private static final long MEMORY = 32L * 1024 * 1024;

  private final LedgerNode node;

  private TestLedgerNode(LedgerNode node) {
    this.node = node;
  }

  /// Starts one over the embedded devnet genesis.
  public static TestLedgerNode start(Path folder) throws ServiceException {
    return start(folder, 0);
  }

  /// Starts one on a port of its own choice (0: any).
  public static TestLedgerNode start(Path folder, int port) throws ServiceException {
    try {
      Files.createDirectories(folder);
      var node =
          new LedgerNode(
              new LedgerNode.LedgerSettings(
                  folder.resolve("chain"),
                  GenesisFile.embedded("devnet"),
                  HttpSettings.loopback(port),
                  MEMORY),
              new LedgerNode.Ports(
                  Optional.of(key(1, 0)),
                  InstantSource.system(),
                  new SecureRandom(),
                  why -> {
                    throw new IllegalStateException("engine halted: " + why);
                  }));
      node.start();
      return new TestLedgerNode(node);
    } catch (ConfigException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The devnet key m/44'/60'/account'/0/index: account 0 for users, 1 for nodes.
  public static KeyPair key(int account, int index) {
    try {
      return Mnemonic.parse(WORDS).derive(DerivationPath.ethereum(account, index));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /// The node.
  public LedgerNode node() {
    return node;
  }

  /// Where JSON-RPC listens.
  public URI url() {
    return URI.create("http://127.0.0.1:" + node.rpcPort());
  }

  @Override
  public void close() {
    node.stop();
  }
}
