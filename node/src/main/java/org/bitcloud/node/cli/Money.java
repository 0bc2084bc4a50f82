package org.bitcloud.node.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.MalformedException;

/// Amounts and sizes as people and scripts read them.
final class Money {
  private static final int DECIMALS = 18;
  private static final int SHOWN = 6;

  private Money() {}

  /// An amount for scripts: a decimal number of drops.
  static String drops(Amount amount) {
    return amount.drops().toString();
  }

  /// An amount for people, rounded to six places, such as `1,234.5 CLD`.
  static String show(Amount amount) {
    return show(amount.drops());
  }

  /// The same for a difference.
  static String show(BigInteger drops) {
    BigDecimal value = new BigDecimal(drops, DECIMALS);
    BigDecimal rounded = value.setScale(SHOWN, RoundingMode.HALF_EVEN);
    if (rounded.signum() == 0 && value.signum() != 0) {
      return drops + " drops";
    }
    String text = String.format(Locale.ROOT, "%,.6f", rounded);
    return text.replaceFirst("0+$", "").replaceFirst("\\.$", "") + " CLD";
  }

  /// An exact amount for people, with its sign.
  static String exact(BigInteger drops) {
    String text = new BigDecimal(drops, DECIMALS).stripTrailingZeros().toPlainString();
    return text;
  }

  /// What the user typed: cloudcoins such as `1.5`, or drops such as `100drops`.
  static Amount parse(String text) throws CliException {
    try {
      return text.endsWith("drops")
          ? Amount.of(new BigInteger(text.substring(0, text.length() - 5).trim()))
          : Amount.parseCloudcoins(text);
    } catch (MalformedException | IllegalArgumentException | ArithmeticException e) {
      throw new CliException(
          "not an amount: " + text, "cloudcoins such as 1.5, or drops such as 100drops");
    }
  }

  /// A number of bytes for people, such as `1.5 GiB`.
  static String bytes(long count) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = count;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
