package org.bitcloud.primitives.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bitcloud.primitives.MalformedException;

/// A path from a mnemonic's master key to one of its keys, as in BIP-32 and BIP-44.
///
/// @param steps child numbers, those of hardened children with the highest bit set
public record DerivationPath(List<Integer> steps) {
  private static final int HARDENED = 0x8000_0000;
  private static final int STEPS_MAX = 16;

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there are more than 16 steps
  public DerivationPath {
    steps = List.copyOf(steps);
    if (steps.size() > STEPS_MAX) {
      throw new IllegalArgumentException("a path has at most " + STEPS_MAX + " steps");
    }
  }

  /// The path `m/44'/60'/account'/0/index`, where Ethereum's wallets keep their keys.
  ///
  /// @throws IllegalArgumentException if a number is negative
  public static DerivationPath ethereum(int account, int index) {
    if (account < 0 || index < 0) {
      throw new IllegalArgumentException("account and index are never negative");
    }
    return new DerivationPath(List.of(44 | HARDENED, 60 | HARDENED, account | HARDENED, 0, index));
  }

  /// The path that text such as `m/44'/60'/0'/0/0` means; `h` may stand for the apostrophe.
  ///
  /// @throws MalformedException if it is no path
  public static DerivationPath parse(String text) throws MalformedException {
    String[] parts = text.split("/", -1);
    if (!parts[0].equals("m") || parts.length > STEPS_MAX + 1) {
      throw new MalformedException("a path looks like m/44'/60'/0'/0/0");
    }
    List<Integer> steps = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      steps.add(step(parts[i]));
    }
    return new DerivationPath(steps);
  }

  private static int step(String text) throws MalformedException {
    boolean hardened = text.endsWith("'") || text.endsWith("h");
    String digits = hardened ? text.substring(0, text.length() - 1) : text;
    if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) > Integer.MAX_VALUE) {
      throw new MalformedException("not a step of a path: " + text);
    }
    return (int) Long.parseLong(digits) | (hardened ? HARDENED : 0);
  }

  /// The text that [#parse] takes.
  @Override
  public String toString() {
    return steps.stream()
        .map(step -> (step & Integer.MAX_VALUE) + (step < 0 ? "'" : ""))
        .collect(Collectors.joining("/", steps.isEmpty() ? "m" : "m/", ""));
  }
}
