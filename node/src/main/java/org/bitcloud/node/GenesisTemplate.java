package org.bitcloud.node;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.consensus.dev.DevEngineProvider;
import org.bitcloud.consensus.pow.PowEngineProvider;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;

/// A genesis that is made out of one that ships with this build.
public final class GenesisTemplate {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long BLOCK_MILLIS = 1_000;

  /* A tenth of a second for one thread; from there difficulty finds its way. */
  private static final String FIRST_DIFFICULTY = "200000";

  private final ObjectNode root;

  private GenesisTemplate(ObjectNode root) {
    this.root = root;
  }

  /// Begins with a network by name, such as `devnet`.
  public static GenesisTemplate of(String network) throws ConfigException {
    String name = "genesis/" + network + ".json";
    try (InputStream in = GenesisTemplate.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new ConfigException("no network \"" + network + "\" ships with this build");
      }
      return new GenesisTemplate((ObjectNode) JSON.readTree(in));
    } catch (IOException e) {
      throw new ConfigException(name + ": cannot read: " + e.getMessage(), e);
    }
  }

  /// Sets when the network begins, in milliseconds since 1970.
  public void beginAt(long timeMillis) {
    root.put("timeMillis", timeMillis);
  }

  /// Sets the engine with its usual parameters.
  ///
  /// @param blockMillis a block every so often; empty for what suits the engine
  /// @param windowMillis length of a storage window
  public void engine(String id, OptionalLong blockMillis, long windowMillis) {
    ObjectNode parameters = root.putObject("engine").put("id", id).putObject("parameters");
    String window = Long.toString(windowMillis);
    new TreeMap<>(parameters(id, blockMillis, window)).forEach(parameters::put);
    root.withObject("/corporations/storage").put("windowMillis", window);
  }

  private static Map<String, String> parameters(String engine, OptionalLong block, String window) {
    if (engine.equals(DevEngineProvider.ID)) {
      return Map.of("blockMillis", Long.toString(block.orElse(0)), "windowMillis", window);
    }
    String millis = Long.toString(block.orElse(BLOCK_MILLIS));
    return engine.equals(PowEngineProvider.ID)
        ? Map.of("blockMillis", millis, "difficulty", FIRST_DIFFICULTY)
        : Map.of("blockMillis", millis);
  }

  /// Founds another network: nothing of the template's keys and coins is left.
  ///
  /// @param validators their public keys of secp256k1, of one vote each
  /// @param allocations the first coins
  public void found(long chainId, List<Bytes> validators, Map<Address, Amount> allocations) {
    root.put("chainId", chainId);
    ArrayNode keys = root.putArray("validators");
    for (Bytes key : validators) {
      keys.addObject()
          .put("keyType", GenesisValidator.SECP256K1)
          .put("publicKey", key.toHex())
          .put("weight", 1);
    }
    ObjectNode coins = root.putObject("allocations");
    allocations.forEach(
        (account, amount) -> coins.put(account.checksum(), amount.drops().toString()));
  }

  /// The document.
  public byte[] encode() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a node would read, carried out in memory.
  ///
  /// @throws ConfigException where a value is out of its bounds
  /// @throws ServiceException where the engine or a corporation refuses it
  public Genesis check() throws ConfigException, ServiceException {
    Genesis genesis = GenesisFile.parse("genesis", encode());
    GenesisCheck.check(genesis);
    return genesis;
  }
}
