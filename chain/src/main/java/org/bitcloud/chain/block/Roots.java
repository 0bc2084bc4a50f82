package org.bitcloud.chain.block;

import org.bitcloud.primitives.Hash;

/// The four commitments of a header.
///
/// @param state root of the state tree after this block
/// @param transactions root over the encoded transactions
/// @param attestations root over the encoded bandwidth attestations
/// @param receipts root over the committed form of the receipts
public record Roots(Hash state, Hash transactions, Hash attestations, Hash receipts) {}
