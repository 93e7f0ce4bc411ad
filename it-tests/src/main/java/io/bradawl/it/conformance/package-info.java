/**
 * The same probe on NATs of the kernel, on NATs of the simulation between real hosts, and on the
 * simulation itself: shows that the simulation does what Linux does.
 */
@NullMarked
package io.bradawl.it.conformance;

import org.jspecify.annotations.NullMarked;
