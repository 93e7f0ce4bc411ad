/**
 * Benchmarks: the same plain Java load without the agent, with it, and over a path to a peer,
 * interleaved in one run.
 */
@NullMarked
package io.bradawl.it.bench;

import org.jspecify.annotations.NullMarked;
