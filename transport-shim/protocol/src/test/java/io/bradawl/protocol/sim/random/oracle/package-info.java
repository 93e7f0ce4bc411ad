/**
 * What can be reached in a world, concluded from its plan alone: no time, no chance, no machine. It
 * knows the rules of RFC 4787 and RFC 5382 anew and shares nothing with the simulation, so that an
 * error in one of them shows.
 */
@NullMarked
package io.bradawl.protocol.sim.random.oracle;

import org.jspecify.annotations.NullMarked;
