package org.bitcloud.node;

import java.util.Objects;

/// What this build is.
public final class BuildInfo {
  private BuildInfo() {}

  /// The product's version, such as `0.1.0`; `development` when run from class folders.
  public static String version() {
    return Objects.requireNonNullElse(
        BuildInfo.class.getPackage().getImplementationVersion(), "development");
  }

  /// The client name that `web3_clientVersion` and logs show.
  public static String client() {
    return "bitcloud/v" + version() + "/java" + Runtime.version().feature();
  }
}
