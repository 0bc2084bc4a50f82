package org.bitcloud.node.http;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The guard against DNS rebinding: a page that lured a browser here carries a foreign `Host`.
final class HostCheck {
  private HostCheck() {}

  static boolean allows(@Nullable String host, Set<String> extraHosts) {
    if (host == null) {
      return true; // HTTP/1.0 tools; a browser always sends one
    }
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || NetUtil.isValidIpV4Address(name)
        || NetUtil.isValidIpV6Address(name)
        || extraHosts.contains(name);
  }

  private static String withoutPort(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(1, end);
    }
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }
}
