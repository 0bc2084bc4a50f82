package org.bitcloud.chain;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// What a verification found good.
///
/// @param first the height whose state it began with: 0, or the oldest one that is kept
/// @param head the height it went up to; genesis counts as block 0
/// @param transactions how many were executed again
/// @param stateRoot root of the state after the head
/// @param totals the coins in it
public record VerifyReport(
    Height first, Height head, long transactions, Hash stateRoot, StateAudit.Totals totals) {}
