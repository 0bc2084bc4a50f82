package org.bitcloud.node.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A JSON object that is read key by key and complains about every key nobody asked for.
///
/// Call [#end] last: it refuses unknown keys and names the nearest known one.
public final class StrictObject {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String where;
  private final ObjectNode object;
  private final Set<String> known = new LinkedHashSet<>();

  private StrictObject(String where, ObjectNode object) {
    this.where = where;
    this.object = object;
  }

  /// Parses a whole document; `where` names it in messages.
  public static StrictObject parse(String where, byte[] document) throws ConfigException {
    try {
      return of(where, JSON.readTree(document));
    } catch (JacksonException e) {
      throw new ConfigException(where + ": not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StrictObject of(String where, @Nullable JsonNode node) throws ConfigException {
    if (node instanceof ObjectNode object) {
      return new StrictObject(where, object);
    }
    throw new ConfigException(where + ": must be a JSON object");
  }

  private Optional<JsonNode> find(String key) {
    known.add(key);
    return Optional.ofNullable(object.get(key)).filter(node -> !node.isNull());
  }

  private JsonNode require(String key) throws ConfigException {
    return find(key).orElseThrow(() -> complaint(key, "is missing"));
  }

  /// A complaint about one key.
  public ConfigException complaint(String key, String what) {
    return new ConfigException("%s: \"%s\" %s".formatted(where, key, what));
  }

  /// A required string.
  public String text(String key) throws ConfigException {
    JsonNode node = require(key);
    if (!node.isTextual()) {
      throw complaint(key, "must be a string");
    }
    return node.textValue();
  }

  /// An optional string.
  public Optional<String> optionalText(String key) throws ConfigException {
    return find(key).isEmpty() ? Optional.empty() : Optional.of(text(key));
  }

  /// An optional string, or a number or boolean as it is written.
  public Optional<String> optionalScalar(String key) throws ConfigException {
    Optional<JsonNode> node = find(key);
    if (node.isPresent() && !node.get().isValueNode()) {
      throw complaint(key, "must be a string or a number");
    }
    return node.map(JsonNode::asText);
  }

  /// A required whole number within bounds.
  public long number(String key, long min, long max) throws ConfigException {
    JsonNode node = require(key);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw complaint(key, "must be a whole number");
    }
    long value = node.longValue();
    if (value < min || value > max) {
      throw complaint(key, "must be %d to %d, not %d".formatted(min, max, value));
    }
    return value;
  }

  /// A whole number within bounds, or a default.
  public long number(String key, long min, long max, long otherwise) throws ConfigException {
    return find(key).isEmpty() ? otherwise : number(key, min, max);
  }

  /// Whether the key is there.
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /// A required nested object.
  public StrictObject object(String key) throws ConfigException {
    return of(where + "." + key, require(key));
  }

  /// A list of objects, empty where the key is missing.
  public List<StrictObject> objects(String key) throws ConfigException {
    List<StrictObject> list = new ArrayList<>();
    JsonNode node = find(key).orElse(JSON.createArrayNode());
    if (!node.isArray()) {
      throw complaint(key, "must be a list");
    }
    for (JsonNode each : node) {
      list.add(of(where + "." + key + "[" + list.size() + "]", each));
    }
    return list;
  }

  /// A list of strings, empty where the key is missing.
  public List<String> texts(String key) throws ConfigException {
    List<String> list = new ArrayList<>();
    JsonNode node = find(key).orElse(JSON.createArrayNode());
    if (!node.isArray()) {
      throw complaint(key, "must be a list");
    }
    for (JsonNode each : node) {
      if (!each.isTextual()) {
        throw complaint(key, "must be a list of strings");
      }
      list.add(each.textValue());
    }
    return list;
  }

  /// All entries of this object as strings, whatever their keys.
  public SortedMap<String, String> allTexts() throws ConfigException {
    TreeMap<String, String> map = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      map.put(entry.getKey(), text(entry.getKey()));
    }
    return map;
  }

  /// All entries of this object as objects, whatever their keys.
  public SortedMap<String, StrictObject> allObjects() throws ConfigException {
    TreeMap<String, StrictObject> map = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      map.put(entry.getKey(), object(entry.getKey()));
    }
    return map;
  }

  /// Refuses keys that were not asked for.
  public void end() throws ConfigException {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new ConfigException(
            "%s: unknown key \"%s\"%s"
                .formatted(where, entry.getKey(), suggestion(entry.getKey(), known)));
      }
    }
  }

  /// The words `; did you mean …?`, or nothing where no name is near.
  public static String suggestion(String wrong, Collection<String> names) {
    String best = "";
    int least = Math.max(2, wrong.length() / 3) + 1;
    for (String name : names) {
      int distance = distance(wrong, name);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
  }

  /// The Levenshtein distance.
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
