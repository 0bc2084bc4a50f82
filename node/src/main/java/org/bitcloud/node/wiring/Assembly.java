package org.bitcloud.node.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitcloud.node.GatewayNode;
import org.bitcloud.node.LedgerNode;
import org.bitcloud.node.LedgerSource;
import org.bitcloud.node.ProviderNode;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.primitives.crypto.KeyPair;

/// Puts nodes together. All nodes of one assembly share time and chance.
public final class Assembly {
  private final Injector environment =
      Guice.createInjector(Stage.PRODUCTION, new EnvironmentModule());

  /// An assembly with the machine's clock and random numbers.
  public Assembly() {}

  /// Wall time.
  public InstantSource clock() {
    return environment.getInstance(InstantSource.class);
  }

  /// Random numbers.
  public SecureRandom random() {
    return environment.getInstance(SecureRandom.class);
  }

  /// A node that keeps the chain, and produces blocks where it has a validator's key.
  public LedgerNode ledger(
      LedgerNode.LedgerSettings settings, Optional<KeyPair> key, Consumer<String> onHalt) {
    return environment
        .createChildInjector(new LedgerModule(settings, key, onHalt))
        .getInstance(LedgerNode.class);
  }

  /// A node that stores sectors.
  public ProviderNode provider(
      ProviderNode.ProviderSettings settings, LedgerSource ledgers, KeyPair key) {
    return environment
        .createChildInjector(new ProviderModule(settings, ledgers, key))
        .getInstance(ProviderNode.class);
  }

  /// A node that serves stored objects over HTTP.
  public GatewayNode gateway(HttpSettings settings, LedgerSource ledgers) {
    return environment
        .createChildInjector(new GatewayModule(settings, ledgers))
        .getInstance(GatewayNode.class);
  }
}
