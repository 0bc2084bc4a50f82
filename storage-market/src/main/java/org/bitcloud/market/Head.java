package org.bitcloud.market;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// The newest block as the market needs it; time is chain time in milliseconds of the Unix epoch.
public record Head(Height height, Hash hash, long timeMillis, Amount baseFee) {}
