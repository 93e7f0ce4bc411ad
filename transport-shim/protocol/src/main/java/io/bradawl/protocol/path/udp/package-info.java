/**
 * UDP connectivity checks, nomination and consent (RFC 8445, RFC 7675; simplified) as a sans-IO
 * machine.
 */
@NullMarked
package io.bradawl.protocol.path.udp;

import org.jspecify.annotations.NullMarked;
