package org.bitcloud.node;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.consensus.validator.KeyType;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.node.config.ConfigException;
import org.bitcloud.node.config.StrictObject;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Secp256k1;

/// Reads `genesis/<network>.json`; `docs/spec/genesis.md` lists its keys.
public final class GenesisFile {
  private static final int SIZE_MAX = 16 * 1024 * 1024;
  private static final long TIME_MAX = 1L << 52;

  private GenesisFile() {}

  /// The genesis of a network that ships with this build, such as `devnet`.
  public static Genesis embedded(String network) throws ConfigException {
    String name = "genesis/" + network + ".json";
    try (InputStream in = GenesisFile.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new ConfigException("no network \"" + network + "\" ships with this build");
      }
      return parse(name, in.readAllBytes());
    } catch (IOException e) {
      throw new ConfigException(name + ": cannot read: " + e.getMessage(), e);
    }
  }

  /// The genesis in a file.
  public static Genesis read(Path file) throws ConfigException {
    try {
      if (Files.size(file) > SIZE_MAX) {
        throw new ConfigException(file + ": larger than " + SIZE_MAX + " bytes");
      }
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot read the genesis file: " + e.getMessage(), e);
    }
  }

  /// Parses a document; `where` names it in messages.
  static Genesis parse(String where, byte[] document) throws ConfigException {
    StrictObject root = StrictObject.parse(where, document);
    StrictObject engine = root.object("engine");
    var genesis =
        new Genesis(
            root.number("chainId", 1, Integer.MAX_VALUE),
            engine.text("id"),
            engine.object("parameters").allTexts(),
            allocations(root.object("allocations")),
            corporations(root.object("corporations")),
            FeeSchedule.DEFAULT,
            root.number("gasLimit", 1_000_000, 1L << 40),
            amount(root, "initialBaseFee", root.text("initialBaseFee")),
            root.number("timeMillis", 0, TIME_MAX),
            validators(root));
    root.texts("bootNodes");
    engine.end();
    root.end();
    return genesis;
  }

  private static List<GenesisAllocation> allocations(StrictObject object) throws ConfigException {
    List<GenesisAllocation> list = new ArrayList<>();
    for (Map.Entry<String, String> entry : object.allTexts().entrySet()) {
      try {
        Address address = Address.fromHex(entry.getKey());
        list.add(new GenesisAllocation(address, amount(object, entry.getKey(), entry.getValue())));
      } catch (MalformedException e) {
        throw object.complaint(entry.getKey(), "is no address: " + e.getMessage());
      }
    }
    return list;
  }

  private static SortedMap<String, SortedMap<String, String>> corporations(StrictObject object)
      throws ConfigException {
    SortedMap<String, SortedMap<String, String>> map = new TreeMap<>();
    for (Map.Entry<String, StrictObject> entry : object.allObjects().entrySet()) {
      map.put(entry.getKey(), entry.getValue().allTexts());
    }
    return map;
  }

  private static List<GenesisValidator> validators(StrictObject root) throws ConfigException {
    List<GenesisValidator> list = new ArrayList<>();
    for (StrictObject each : root.objects("validators")) {
      list.add(validator(each));
      each.end();
    }
    try {
      ValidatorSet _ = ValidatorSet.ofGenesis(list);
    } catch (IllegalArgumentException e) {
      throw root.complaint("validators", "are no validator set: " + e.getMessage());
    }
    return list;
  }

  private static GenesisValidator validator(StrictObject object) throws ConfigException {
    String type = object.text("keyType");
    KeyType known =
        KeyType.of(type)
            .orElseThrow(() -> object.complaint("keyType", "must be secp256k1 or ed25519"));
    Bytes key;
    try {
      key = Bytes.fromHex(object.text("publicKey"));
    } catch (MalformedException e) {
      throw object.complaint("publicKey", "is no public key: " + e.getMessage());
    }
    if (key.size() != known.size()) {
      throw object.complaint(
          "publicKey", "must be %d bytes, not %d".formatted(known.size(), key.size()));
    }
    if (known == KeyType.SECP256K1 && !Secp256k1.get().isPublicKey(key)) {
      throw object.complaint(
          "publicKey", "is no point of the curve, so nobody has its key (keygen prints one)");
    }
    return new GenesisValidator(type, key, object.number("weight", 1, Integer.MAX_VALUE));
  }

  private static Amount amount(StrictObject object, String key, String value)
      throws ConfigException {
    if (!value.matches("[0-9]{1,78}") || new BigInteger(value).bitLength() > 256) {
      throw object.complaint(key, "must be a decimal number of drops");
    }
    return Amount.of(new BigInteger(value));
  }
}
