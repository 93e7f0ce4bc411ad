/** Who may open paths to this peer: {@link io.bradawl.protocol.access.AccessPolicy}. Pure. */
@NullMarked
package io.bradawl.protocol.access;

import org.jspecify.annotations.NullMarked;
