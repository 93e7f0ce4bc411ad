/** What a random world consists of, drawn from one seed, and described so that it can be read. */
@NullMarked
package io.bradawl.protocol.sim.random.plan;

import org.jspecify.annotations.NullMarked;
