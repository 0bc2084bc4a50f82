package org.bitcloud.contracts.naming;

import org.bitcloud.contracts.CorporationRule;

/// Why the Naming corporation refuses a call; each has a stable code that wallets show.
public enum NamingRule implements CorporationRule {
  /// The input's first four bytes name no function.
  UNKNOWN_FUNCTION("NAM-01", "unknown function"),
  /// The arguments are not the canonical ABI encoding of what the function takes.
  MALFORMED_CALL("NAM-02", "arguments are malformed"),
  /// Coins were sent to a function that takes none.
  NOT_PAYABLE("NAM-03", "function takes no coins"),

  /// A label has 3 to 63 characters, the upper bound being that of DNS.
  LABEL_LENGTH("NAM-10", "label must have 3 to 63 characters"),
  /// A label has small letters, digits and hyphens only, so that no two look alike.
  LABEL_CHARACTERS("NAM-11", "label may have only a to z, 0 to 9 and hyphens"),
  /// Hyphens stand where DNS allows them; places 3 and 4 together mark encoded names there.
  LABEL_HYPHENS("NAM-12", "hyphens may not be first, last, or both third and fourth"),

  /// The sender has sent this commitment, and it can still be revealed.
  COMMITMENT_KNOWN("NAM-20", "commitment is known already"),
  /// The sender has not committed to what it reveals.
  UNKNOWN_COMMITMENT("NAM-21", "sender has not committed to this"),
  /// The commitment has not waited for its least age.
  COMMITMENT_YOUNG("NAM-22", "commitment is too young to be revealed"),
  /// The commitment was not revealed in time.
  COMMITMENT_OLD("NAM-23", "commitment has expired; commit again"),

  /// Somebody holds the name, or may still renew it.
  NAME_TAKEN("NAM-30", "name is taken"),
  /// A name is paid for in whole years, and only so far ahead.
  YEARS_RANGE("NAM-31", "years must be 1 or more and end at most 10 years from now"),
  /// The coins sent must be the price to the drop.
  PAYMENT("NAM-32", "coins sent are not the price"),
  /// Nobody has the address zero.
  OWNER_ZERO("NAM-33", "owner is the zero address"),

  /// Nobody holds the name.
  UNKNOWN_NAME("NAM-40", "name is not registered"),
  /// The name has expired and can only be renewed.
  NAME_EXPIRED("NAM-41", "name has expired; renew it first"),
  /// Only its owner may change a name.
  NOT_OWNER("NAM-42", "sender does not own the name"),

  /// A record's key has 1 to 32 characters of a small alphabet.
  RECORD_KEY("NAM-50", "record key must have 1 to 32 of a to z, 0 to 9, dot and hyphen"),
  /// A record has at most 512 bytes.
  RECORD_SIZE("NAM-51", "record has more than 512 bytes"),
  /// A record whose key has a meaning must have the form that goes with it.
  RECORD_FORM("NAM-52", "address must have 20 bytes, content 32, peer 1 to 64"),
  /// A name holds at most 32 records.
  RECORDS_FULL("NAM-53", "name has 32 records already"),
  /// A record that is not there cannot be removed.
  UNKNOWN_RECORD("NAM-54", "name has no such record");

  private final String code;
  private final String text;

  NamingRule(String code, String text) {
    this.code = code;
    this.text = text;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String text() {
    return text;
  }
}
