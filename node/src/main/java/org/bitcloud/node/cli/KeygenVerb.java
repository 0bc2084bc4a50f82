package org.bitcloud.node.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.primitives.crypto.KeyPair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `keygen`: a bare key for programs and genesis files.
@Command(
    name = "keygen",
    description = "Make a secp256k1 key in a new file of mode 0600 and print its public half.",
    footer = {
      "",
      "The public key is what a genesis names a validator by; for a node, lock the key with",
      "  bitcloud wallet import NAME < FILE",
      "Example:",
      "  bitcloud keygen validator.key"
    })
final class KeygenVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "the new file")
  Path file = Path.of("");

  KeygenVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() throws Exception {
    if (Files.exists(file)) {
      throw new CliException(file + " exists", "name a new file");
    }
    try (KeyPair key = KeyPair.generate(new Assembly().random())) {
      SecretFile.write(file, key.privateKey().toHex() + "\n");
      if (json) {
        print(
            object()
                .put("address", key.address().checksum())
                .put("publicKey", key.publicKey().toHex())
                .put("file", file.toString()));
        return;
      }
      say("address    %s", key.address().checksum());
      say("public key %s", key.publicKey().toHex());
      say("file       %s", file);
    }
  }
}
