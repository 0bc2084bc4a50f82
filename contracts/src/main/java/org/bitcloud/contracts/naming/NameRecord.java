package org.bitcloud.contracts.naming;

import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// One thing that a name says.
///
/// @param key what it is about; three keys have a meaning and a form of their own
/// @param value its bytes; empty only where a record is to be removed
public record NameRecord(String key, Bytes value) {
  /// Key of the account that the name stands for: 20 bytes.
  public static final String ADDRESS = "address";

  /// Key of the stored object that the name stands for: its id, 32 bytes.
  public static final String CONTENT = "content";

  /// Key of the peer that the name stands for: its peer id, 1 to 64 bytes.
  public static final String PEER = "peer";

  /// Characters of a key at most.
  public static final int KEY_LENGTH_MAX = 32;

  /// Bytes of a value at most.
  public static final int VALUE_BYTES_MAX = 512;

  private static final int PEER_BYTES_MAX = 64;

  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "Record",
          AbiParameter.of("key", AbiType.string()),
          AbiParameter.of("value", AbiType.bytes()));

  /// The first rule that it breaks; empty when a name may hold it, or have it removed.
  public Optional<NamingRule> broken() {
    if (!isKey(key)) {
      return Optional.of(NamingRule.RECORD_KEY);
    }
    if (value.size() > VALUE_BYTES_MAX) {
      return Optional.of(NamingRule.RECORD_SIZE);
    }
    return value.isEmpty() || hasForm() ? Optional.empty() : Optional.of(NamingRule.RECORD_FORM);
  }

  /// Whether a text may be a record's key.
  public static boolean isKey(String text) {
    if (text.isEmpty() || text.length() > KEY_LENGTH_MAX) {
      return false;
    }
    return text.chars().allMatch(c -> Label.isSmallOrDigit((char) c) || c == '.' || c == '-');
  }

  private boolean hasForm() {
    return switch (key) {
      case ADDRESS -> value.size() == Address.SIZE;
      case CONTENT -> value.size() == Hash.SIZE;
      case PEER -> value.size() <= PEER_BYTES_MAX;
      default -> true;
    };
  }

  void writeFields(AbiWriter writer) {
    writer.text(key).bytes(value);
  }

  static NameRecord readFields(AbiReader in) throws MalformedException {
    return new NameRecord(in.text(KEY_LENGTH_MAX), in.bytes(VALUE_BYTES_MAX).compact());
  }
}
