/**
 * Long-term credentials (RFC 8489 section 9.2), both sides: the client puts user name and proof
 * into its requests, the server verifies them and keeps no state about whoever has not proved
 * anything.
 */
@NullMarked
package io.bradawl.protocol.stun.credential;

import org.jspecify.annotations.NullMarked;
