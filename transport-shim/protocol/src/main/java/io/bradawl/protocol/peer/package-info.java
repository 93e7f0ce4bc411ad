/** Who a peer is: peer ids, short names, and references to either. Values only. */
@NullMarked
package io.bradawl.protocol.peer;

import org.jspecify.annotations.NullMarked;
