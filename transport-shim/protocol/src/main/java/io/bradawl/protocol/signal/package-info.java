/**
 * What peers and rendezvous say to each other: registration, look-up, offer, answer; and the
 * machine that keeps a registration alive.
 */
@NullMarked
package io.bradawl.protocol.signal;

import org.jspecify.annotations.NullMarked;
