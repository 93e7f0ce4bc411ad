/**
 * The applications of the soak: an echo service and its client, with ordinary sockets and no idea
 * of agents. All that they say proves itself, so that nothing wrong goes unseen.
 */
@NullMarked
package io.bradawl.it.soak.load;

import org.jspecify.annotations.NullMarked;
