/**
 * A small internet in simulated time: hosts, NATs and links, and the drivers that set the sans-IO
 * machines on top. One seed replays a whole situation; nothing here knows a wall clock, a thread or
 * a socket.
 */
@NullMarked
package io.bradawl.protocol.sim;

import org.jspecify.annotations.NullMarked;
