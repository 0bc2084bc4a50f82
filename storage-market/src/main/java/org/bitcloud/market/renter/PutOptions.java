package org.bitcloud.market.renter;

import java.time.Duration;
import org.bitcloud.primitives.Amount;
import org.jspecify.annotations.Nullable;

/// How a file is to be stored.
///
/// @param erasure the code; null for the default for the providers there are
/// @param isPrivate whether the manifest is sealed for the owner
/// @param term how long, in chain time; rounded up to whole windows
/// @param budget the most to pay, escrow and fees together; null for no bound
/// @param name the file name kept in the manifest, perhaps empty
/// @param mediaType the media type kept in the manifest, perhaps empty
public record PutOptions(
    @Nullable Erasure erasure,
    boolean isPrivate,
    Duration term,
    @Nullable Amount budget,
    String name,
    String mediaType) {
  /// Public, for a day, without bound, name or type.
  public static final PutOptions DEFAULT =
      new PutOptions(null, false, Duration.ofDays(1), null, "", "");

  /// Checks the term.
  ///
  /// @throws IllegalArgumentException if the term is not positive
  public PutOptions {
    if (!term.isPositive()) {
      throw new IllegalArgumentException("the term must be positive");
    }
  }

  /// The same with another erasure code.
  public PutOptions withErasure(Erasure other) {
    return new PutOptions(other, isPrivate, term, budget, name, mediaType);
  }

  /// The same, private or public.
  public PutOptions withPrivate(boolean sealed) {
    return new PutOptions(erasure, sealed, term, budget, name, mediaType);
  }

  /// The same for another term.
  public PutOptions withTerm(Duration other) {
    return new PutOptions(erasure, isPrivate, other, budget, name, mediaType);
  }

  /// The same with a bound on what it may cost.
  public PutOptions withBudget(Amount most) {
    return new PutOptions(erasure, isPrivate, term, most, name, mediaType);
  }

  /// The same with a name and a media type.
  public PutOptions withName(String fileName, String type) {
    return new PutOptions(erasure, isPrivate, term, budget, fileName, type);
  }
}
