/**
 * What the kernel and a JVM say that something took: processor time, memory, datagrams; and what
 * that comes to for a round of load. Uses nothing else of the load generator.
 */
@NullMarked
package io.bradawl.it.load.measure;

import org.jspecify.annotations.NullMarked;
