/**
 * Kinds of load for a few seconds, the same for every server: each {@link
 * io.bradawl.it.load.scenario.Scenario} returns a {@link io.bradawl.it.load.measure.Sample} for
 * each round, and {@link io.bradawl.it.load.scenario.Table} puts the servers beside each other.
 */
@NullMarked
package io.bradawl.it.load.scenario;

import org.jspecify.annotations.NullMarked;
