package org.bitcloud.chain.state;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.Test;

/// Roots and proofs that other implementations of `docs/spec/state.md` can check themselves by.
final class StateVectorsTest {
  @Test
  void rootsAndProofsEqualThePublishedOnes() {
    Map<String, Map<Bytes, Bytes>> cases = new LinkedHashMap<>();
    cases.put("no entries", numbered(0));
    cases.put("one entry", numbered(1));
    cases.put("two entries", numbered(2));
    cases.put("twenty entries", numbered(20));
    Map<Bytes, Bytes> crowded = new LinkedHashMap<>();
    StateKeys.CROWDED.forEach(key -> crowded.put(key, Sha256.hash(key).bytes()));
    cases.put("keys whose hashes share sixteen bits", crowded);
    Map<Bytes, Bytes> sizes = new LinkedHashMap<>();
    sizes.put(Bytes.of((byte) 0), Bytes.EMPTY);
    sizes.put(Bytes.wrap(new byte[100]), Bytes.wrap(new byte[200]));
    cases.put("empty and long values", sizes);
    List<String> texts = new ArrayList<>();
    cases.forEach((name, entries) -> texts.add(text(name, entries)));
    Golden.file(Path.of("..", "docs", "spec", "state-golden.json"))
        .matches("[\n" + String.join(",\n", texts) + "\n]\n");
  }

  private static Map<Bytes, Bytes> numbered(int count) {
    Map<Bytes, Bytes> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      entries.put(StateKeys.key(i), Bytes.ofUtf8("value-" + i));
    }
    return entries;
  }

  private static String text(String name, Map<Bytes, Bytes> entries) {
    StateOverlay state =
        StateStore.open(MemoryStore.open(StateStore.columns()), StateOptions.DEFAULT)
            .head()
            .child();
    entries.forEach(state::put);
    state.seal();
    List<String> pairs = new ArrayList<>();
    entries.forEach((key, value) -> pairs.add("      [\"%s\", \"%s\"]".formatted(key, value)));
    List<String> proofs = new ArrayList<>();
    List<Bytes> asked = new ArrayList<>(entries.keySet().stream().limit(3).toList());
    asked.add(Bytes.ofUtf8("absent"));
    asked.add(Bytes.ofUtf8("absent too"));
    for (Bytes key : asked) {
      Bytes value = entries.get(key);
      String shown = value == null ? "null" : "\"" + value + "\"";
      proofs.add(
          "      {\"key\": \"%s\", \"value\": %s, \"proof\": \"%s\"}"
              .formatted(key, shown, state.prove(key).encode()));
    }
    return """
          {
            "name": "%s",
            "entries": [
        %s
            ],
            "root": "%s",
            "proofs": [
        %s
            ]
          }"""
        .formatted(name, String.join(",\n", pairs), state.root(), String.join(",\n", proofs));
  }
}
