/**
 * Finds out how a NAT behaves, from hosts on both sides of it (after RFC 5780, with TCP and the
 * order of packets besides). The questions are asked through sockets that are simulated or real, so
 * that a kind of NAT in the simulation can be compared with what an operating system does.
 */
@NullMarked
package io.bradawl.protocol.sim.probe;

import org.jspecify.annotations.NullMarked;
