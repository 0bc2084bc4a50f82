/// Bandwidth attestations: what a node's challengers say they pulled from it, signed by all.
@NullMarked
package org.bitcloud.primitives.attestation;

import org.jspecify.annotations.NullMarked;
