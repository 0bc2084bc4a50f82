package org.bitcloud.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitcloud.node.LedgerNode;
import org.bitcloud.primitives.crypto.KeyPair;

/// The node that keeps the chain.
final class LedgerModule extends AbstractModule {
  private final LedgerNode.LedgerSettings settings;
  private final Optional<KeyPair> key;
  private final Consumer<String> onHalt;

  LedgerModule(LedgerNode.LedgerSettings settings, Optional<KeyPair> key, Consumer<String> onHalt) {
    this.settings = settings;
    this.key = key;
    this.onHalt = onHalt;
  }

  @Provides
  @Singleton
  LedgerNode ledger(InstantSource clock, SecureRandom random) {
    return new LedgerNode(settings, new LedgerNode.Ports(key, clock, random, onHalt));
  }
}
