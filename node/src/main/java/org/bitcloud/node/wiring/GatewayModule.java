package org.bitcloud.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.InstantSource;
import org.bitcloud.node.GatewayNode;
import org.bitcloud.node.LedgerSource;
import org.bitcloud.node.http.HttpSettings;

/// The node that serves stored objects over HTTP.
final class GatewayModule extends AbstractModule {
  private final HttpSettings settings;
  private final LedgerSource ledgers;

  GatewayModule(HttpSettings settings, LedgerSource ledgers) {
    this.settings = settings;
    this.ledgers = ledgers;
  }

  @Provides
  @Singleton
  GatewayNode gateway(InstantSource clock) {
    return new GatewayNode(settings, ledgers, clock);
  }
}
