package org.bitcloud.node.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.bitcloud.market.renter.DurableFile;
import org.bitcloud.primitives.Bytes;

/// A file by which commands find a running process: its addresses and the token of its control
/// port. Only its owner may read it; it is there while the process runs.
public final class ControlFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ControlFile() {}

  /// Writes the file as a whole.
  public static void write(Path file, ObjectNode content) throws IOException {
    DurableFile.write(
        file, Bytes.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content)));
  }

  /// Reads the file; empty where there is none, or its process is gone.
  ///
  /// @throws ControlException where the file cannot be read
  public static Optional<JsonNode> read(Path file) throws ControlException {
    try {
      JsonNode content = JSON.readTree(Files.readAllBytes(file));
      boolean alive =
          ProcessHandle.of(content.path("pid").asLong()).map(ProcessHandle::isAlive).orElse(false);
      return alive ? Optional.of(content) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      throw new ControlException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ControlException(file + " is damaged: " + e.getMessage() + " (delete it)", e);
    }
  }

  /// Removes the file.
  public static void remove(Path file) {
    try {
      boolean _ = Files.deleteIfExists(file);
    } catch (IOException e) {
      // A stale file is harmless: readers look whether its process is alive.
      org.slf4j.LoggerFactory.getLogger(ControlFile.class).debug("{} stays", file, e);
    }
  }
}
