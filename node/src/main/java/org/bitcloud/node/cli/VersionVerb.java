package org.bitcloud.node.cli;

import org.bitcloud.node.BuildInfo;
import picocli.CommandLine.Command;

/// `version`: what this build is.
@Command(name = "version", description = "Print the version of this build and its Java.")
final class VersionVerb extends Verb {
  VersionVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() {
    if (json) {
      print(
          object()
              .put("version", BuildInfo.version())
              .put("java", Runtime.version().toString())
              .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
    } else {
      say("bitcloud %s, Java %s", BuildInfo.version(), Runtime.version());
    }
  }
}
