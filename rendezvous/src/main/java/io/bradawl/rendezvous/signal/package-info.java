/**
 * What is said over the connections of peers: registering, asking for each other, offering paths.
 * Begins where a connection has been let in.
 */
@NullMarked
package io.bradawl.rendezvous.signal;

import org.jspecify.annotations.NullMarked;
