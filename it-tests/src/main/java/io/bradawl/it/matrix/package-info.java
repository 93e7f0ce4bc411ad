/**
 * Every kind of NAT against every other, with the packaged agent and unmodified applications: who
 * is reached, how, and how fast; as a table.
 */
@NullMarked
package io.bradawl.it.matrix;

import org.jspecify.annotations.NullMarked;
