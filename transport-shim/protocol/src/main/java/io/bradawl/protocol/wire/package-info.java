/**
 * Bounded reading of octets that somebody else wrote; every failure says where. Used by all codecs.
 */
@NullMarked
package io.bradawl.protocol.wire;

import org.jspecify.annotations.NullMarked;
