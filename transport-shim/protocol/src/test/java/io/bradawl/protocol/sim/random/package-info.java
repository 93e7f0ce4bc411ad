/**
 * Random worlds: each is built from its plan, lived through, and held against the oracle and the
 * properties that hold in every world.
 */
@NullMarked
package io.bradawl.protocol.sim.random;

import org.jspecify.annotations.NullMarked;
