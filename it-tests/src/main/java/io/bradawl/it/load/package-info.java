/**
 * Loads a server and says what it took: many logical peers over few sockets, against our server and
 * against coturn in turn. The flow: {@link io.bradawl.it.load.Capacity} starts {@link
 * io.bradawl.it.load.Subject}s, a {@link io.bradawl.it.load.Scenario} loads one of them for a while
 * and returns a {@link io.bradawl.it.load.Sample}, {@link io.bradawl.it.load.Table} compares.
 */
@NullMarked
package io.bradawl.it.load;

import org.jspecify.annotations.NullMarked;
