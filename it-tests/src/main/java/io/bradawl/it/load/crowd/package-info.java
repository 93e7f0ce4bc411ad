/**
 * Many senders at once: a {@link io.bradawl.it.load.crowd.Crowd} of logical peers that wait for
 * what comes back, a {@link io.bradawl.it.load.crowd.Spray} that does not, and the peer behind a
 * relay that sends everything back to them.
 */
@NullMarked
package io.bradawl.it.load.crowd;

import org.jspecify.annotations.NullMarked;
