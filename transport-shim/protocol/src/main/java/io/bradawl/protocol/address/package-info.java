/** Where a peer can be met: transport addresses, candidates, services. Values only. */
@NullMarked
package io.bradawl.protocol.address;

import org.jspecify.annotations.NullMarked;
