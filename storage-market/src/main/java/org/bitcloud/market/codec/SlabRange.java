package org.bitcloud.market.codec;

/// The part of a range of an object that lies in one slab.
///
/// @param slab index of the slab in the manifest
/// @param from position of the first byte in the slab
/// @param length at least one byte
public record SlabRange(int slab, int from, int length) {}
