package org.bitcloud.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/// Time and chance: the only place of the process where they come from.
final class EnvironmentModule extends AbstractModule {
  @Provides
  @Singleton
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Provides
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }
}
