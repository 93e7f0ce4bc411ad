/** Peer references to virtual addresses and back; the resolver behind <name>.peer. */
@NullMarked
package io.bradawl.runtime.address;

import org.jspecify.annotations.NullMarked;
