package org.bitcloud.chain.state;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// How one state differs from another, entries and nodes; readable in both directions.
///
/// @param values what changes, by key
/// @param nodes what changes in the commitment, by position
/// @param root the root after the changes
record StateDelta(Map<Bytes, ValueChange> values, Map<Bytes, NodeChange> nodes, Hash root) {
  /// One entry; null stands for no value.
  record ValueChange(Hash keyHash, @Nullable Bytes before, @Nullable Bytes after) {}

  /// The way back.
  StateDelta inverted(Hash rootBefore) {
    Map<Bytes, ValueChange> backValues = LinkedHashMap.newLinkedHashMap(values.size());
    values.forEach(
        (key, change) ->
            backValues.put(
                key,
                new ValueChange(
                    change.keyHash(), /* before= */ change.after(), /* after= */ change.before())));
    Map<Bytes, NodeChange> backNodes = HashMap.newHashMap(nodes.size());
    nodes.forEach(
        (position, change) ->
            backNodes.put(
                position,
                new NodeChange(/* before= */ change.after(), /* after= */ change.before())));
    return new StateDelta(backValues, backNodes, rootBefore);
  }

  /// One node; null stands for none.
  record NodeChange(StateCommitment.@Nullable Node before, StateCommitment.@Nullable Node after) {}
}
