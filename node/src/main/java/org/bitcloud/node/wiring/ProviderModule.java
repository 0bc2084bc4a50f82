package org.bitcloud.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.bitcloud.node.LedgerSource;
import org.bitcloud.node.ProviderNode;
import org.bitcloud.primitives.crypto.KeyPair;

/// The node that stores sectors.
final class ProviderModule extends AbstractModule {
  private final ProviderNode.ProviderSettings settings;
  private final LedgerSource ledgers;
  private final KeyPair key;

  ProviderModule(ProviderNode.ProviderSettings settings, LedgerSource ledgers, KeyPair key) {
    this.settings = settings;
    this.ledgers = ledgers;
    this.key = key;
  }

  @Provides
  @Singleton
  ProviderNode provider(InstantSource clock, SecureRandom random) {
    return new ProviderNode(settings, new ProviderNode.Ports(ledgers, key, clock, random));
  }
}
