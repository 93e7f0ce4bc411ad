/**
 * How two peers that know each other's candidates get a path: connectivity checks, TCP punching,
 * nomination, keepalive.
 */
@NullMarked
package io.bradawl.protocol.path;

import org.jspecify.annotations.NullMarked;
