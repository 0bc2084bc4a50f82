package org.bitcloud.node.cli;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bitcloud.contracts.naming.NameRecord;
import org.bitcloud.contracts.naming.NamingRule;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// A record's value as people type and read it: addresses with checksum, other hex with `0x`, text.
final class NameValue {
  private NameValue() {}

  /// The record that a user typed; `0x…` is hex, anything else text, nothing removes it.
  static NameRecord parse(String key, String text) throws CliException {
    try {
      Bytes value = text.startsWith("0x") ? bytes(key, text) : Bytes.ofUtf8(text);
      NameRecord record = new NameRecord(key, value);
      Optional<NamingRule> broken = record.broken();
      if (broken.isPresent()) {
        throw new CliException(
            "not a record: " + key + " = " + text + ": " + broken.get().text(),
            "such as address 0x70997970C51812dc3A010C7d01b50e0d17dc79C8, or note hello");
      }
      return record;
    } catch (MalformedException e) {
      throw new CliException(
          "not a value: " + text + ": " + e.getMessage(), "0x begins hex; anything else is text");
    }
  }

  private static Bytes bytes(String key, String text) throws MalformedException {
    return key.equals(NameRecord.ADDRESS) ? Address.fromHex(text).bytes() : Bytes.fromHex(text);
  }

  /// A value for people and scripts, in the form in which it can be set again.
  static String show(NameRecord record) {
    Bytes value = record.value();
    if (record.key().equals(NameRecord.ADDRESS) && value.size() == Address.SIZE) {
      return new Address(value).checksum();
    }
    boolean binary =
        record.key().equals(NameRecord.CONTENT) || record.key().equals(NameRecord.PEER);
    return binary ? value.toHex() : text(value).orElseGet(value::toHex);
  }

  private static Optional<String> text(Bytes value) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(value.asByteBuffer()).toString();
      // A line that a terminal shows as it is, and that is not taken for hex when set again.
      boolean plain = text.chars().noneMatch(Character::isISOControl) && !text.startsWith("0x");
      return plain ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
