package org.bitcloud.market.renter;

/// An object of the renter and when it expires.
///
/// @param entry what the renter remembers of it
/// @param expiresMillis when its first contract ends if windows go on as they do, in milliseconds
///   of the Unix epoch by chain time
/// @param isExpired whether that is over
public record ListEntry(IndexEntry entry, long expiresMillis, boolean isExpired) {}
