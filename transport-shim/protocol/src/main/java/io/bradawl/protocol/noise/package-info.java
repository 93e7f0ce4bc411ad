/**
 * Offer and answer sealed end to end: {@code Noise_IKpsk2_25519_AESGCM_SHA256} (Noise
 * specification, revision 34). {@link io.bradawl.protocol.noise.Offering} and {@link
 * io.bradawl.protocol.noise.Answering} are the two sides; what both end with are the {@link
 * io.bradawl.protocol.noise.SessionKeys} that everything between the peers is proven and sealed
 * with. The states below them are named and written as in section 5 of the specification.
 */
@NullMarked
package io.bradawl.protocol.noise;

import org.jspecify.annotations.NullMarked;
