package org.bitcloud.node.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitcloud.contracts.naming.Commitment;
import org.bitcloud.market.renter.DurableFile;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// Registrations that have begun: one small file each, so that a secret outlives the command that
/// made it.
///
/// @param folder `names` in the user's folder
record PendingNames(Path folder) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What a registration must not forget.
  ///
  /// @param sender who commits, reveals and pays
  /// @param commitment the name, its owner-to-be and the secret
  /// @param chain genesis hash of the chain on which it was committed to
  record Pending(Address sender, Commitment commitment, Hash chain) {}

  private Path file(Address sender, String label) {
    return folder.resolve(sender.toHex() + "-" + label + ".json");
  }

  /// What was begun for a name on a chain; empty if nothing was.
  ///
  /// @throws CliException if the file is damaged
  Optional<Pending> find(Address sender, String label, Hash chain)
      throws IOException, CliException {
    Path file = file(sender, label);
    @Nullable Bytes stored = DurableFile.read(file);
    if (stored == null) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(stored.toArray());
      Pending found =
          new Pending(
              sender,
              new Commitment(
                  label,
                  Address.fromHex(root.path("owner").asText()),
                  Hash.fromHex(root.path("secret").asText())),
              Hash.fromHex(root.path("chain").asText()));
      return Optional.of(found).filter(each -> each.chain().equals(chain));
    } catch (MalformedException | JacksonException e) {
      throw new CliException(
          file + " does not say how a registration was begun: " + e.getMessage(),
          "delete it to begin anew");
    }
  }

  /// Keeps a registration, on disk when it returns, for the user's eyes only.
  void keep(Pending pending) throws IOException {
    Path _ = Files.createDirectories(folder);
    byte[] text =
        JSON.writeValueAsBytes(
            JsonNodeFactory.instance
                .objectNode()
                .put("label", pending.commitment().label())
                .put("owner", pending.commitment().owner().checksum())
                .put("secret", pending.commitment().secret().toHex())
                .put("chain", pending.chain().toHex()));
    DurableFile.write(file(pending.sender(), pending.commitment().label()), Bytes.wrap(text));
  }

  /// Forgets a registration that is done or can no longer be finished.
  void forget(Pending pending) throws IOException {
    DurableFile.delete(file(pending.sender(), pending.commitment().label()));
  }
}
