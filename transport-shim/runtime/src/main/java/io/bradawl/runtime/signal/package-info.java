/** The connection to the rendezvous (Netty). */
@NullMarked
package io.bradawl.runtime.signal;

import org.jspecify.annotations.NullMarked;
