package org.bitcloud.primitives.abi;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;

/// Something that happened, as a log tells it.
///
/// @param name what it is called
/// @param inputs what it tells; at most three indexed, and those neither arrays nor structs
/// @param topic0 the hash of its canonical signature, the first topic of its logs
public record AbiEvent(String name, List<AbiParameter> inputs, Hash topic0) {
  private static final int INDEXED_MAX = 3;

  /// The two parts of a log that an event fills.
  ///
  /// @param topics the event's hash and the indexed values
  /// @param data the other values
  public record Encoded(List<Hash> topics, Bytes data) {
    /// Copies the list.
    public Encoded {
      topics = List.copyOf(topics);
    }
  }

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if more than three are indexed, or an array or struct is
  public AbiEvent {
    inputs = List.copyOf(inputs);
    List<AbiParameter> indexed = inputs.stream().filter(AbiParameter::indexed).toList();
    if (indexed.size() > INDEXED_MAX || indexed.stream().anyMatch(AbiEvent::isComposed)) {
      throw new IllegalArgumentException("event " + name + " cannot have such topics");
    }
  }

  /// An event, its first topic computed.
  ///
  /// @throws IllegalArgumentException if more than three are indexed, or an array or struct is
  public AbiEvent(String name, List<AbiParameter> inputs) {
    this(name, inputs, Keccak.hash(Bytes.ofUtf8(name + AbiType.canonical(inputs))));
  }

  private static boolean isComposed(AbiParameter parameter) {
    return parameter.type() instanceof AbiType.Array || parameter.type() instanceof AbiType.Tuple;
  }

  /// The name and the types of the inputs, such as `Transfer(address,address,uint256)`.
  public String signature() {
    return name + AbiType.canonical(inputs);
  }

  /// The log's parts for one value a parameter, as [AbiCodec] has them.
  ///
  /// @throws IllegalArgumentException if a value does not fit its parameter
  public Encoded encode(Object... values) {
    if (values.length != inputs.size()) {
      throw new IllegalArgumentException(values.length + " values do not fit " + signature());
    }
    List<Hash> topics = new ArrayList<>();
    topics.add(topic0);
    AbiWriter data = new AbiWriter();
    for (int i = 0; i < values.length; i++) {
      AbiParameter input = inputs.get(i);
      if (input.indexed()) {
        topics.add(topic(input.type(), values[i]));
      } else {
        AbiCodec.write(data, input.type(), values[i]);
      }
    }
    return new Encoded(topics, data.toBytes());
  }

  private static Hash topic(AbiType type, Object value) {
    return switch (type) {
      case AbiType.Text _ -> Keccak.hash(Bytes.ofUtf8(AbiCodec.as(String.class, type, value)));
      case AbiType.DynamicBytes _ -> Keccak.hash(AbiCodec.as(Bytes.class, type, value));
      default -> new Hash(AbiWriter.encode(writer -> AbiCodec.write(writer, type, value)));
    };
  }

  /// The values that a log tells in the order of the parameters, as [AbiCodec] has them.
  ///
  /// Of an indexed `string` or `bytes` only the hash is known, which stands as a [Hash].
  ///
  /// @throws MalformedException if the log is another event's or not canonical
  public List<Object> decode(List<Hash> topics, Bytes data) throws MalformedException {
    long indexed = inputs.stream().filter(AbiParameter::indexed).count();
    if (topics.size() != indexed + 1 || !topics.getFirst().equals(topic0)) {
      throw new MalformedException("log is not " + signature());
    }
    List<Object> values = new ArrayList<>();
    AbiReader reader = AbiReader.of(data);
    int topicAt = 1;
    for (AbiParameter input : inputs) {
      values.add(
          input.indexed()
              ? fromTopic(input.type(), topics.get(topicAt++))
              : AbiCodec.read(reader, input.type()));
    }
    reader.end();
    return List.copyOf(values);
  }

  private static Object fromTopic(AbiType type, Hash topic) throws MalformedException {
    return switch (type) {
      case AbiType.Text _, AbiType.DynamicBytes _ -> topic;
      default -> AbiReader.decode(topic.bytes(), reader -> AbiCodec.read(reader, type));
    };
  }
}
