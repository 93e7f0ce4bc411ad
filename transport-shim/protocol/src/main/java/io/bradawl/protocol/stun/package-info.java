/**
 * STUN messages and their codec (RFC 8489): the one wire format for checks, signalling and
 * discovery.
 */
@NullMarked
package io.bradawl.protocol.stun;

import org.jspecify.annotations.NullMarked;
