/**
 * TCP connections through a TURN server (RFC 6062): the one allocation of this process, kept while
 * it is of use, and the connections that come of it. What they carry, and whether they are taken,
 * is the business of {@code runtime.tcp}.
 */
@NullMarked
package io.bradawl.runtime.relay;

import org.jspecify.annotations.NullMarked;
