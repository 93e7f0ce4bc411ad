/** UDP paths in simulated time. */
@NullMarked
package io.bradawl.runtime.udp;

import org.jspecify.annotations.NullMarked;
