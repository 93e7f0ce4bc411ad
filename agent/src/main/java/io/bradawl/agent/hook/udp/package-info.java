/**
 * UDP: which of the application's sockets and datagrams concern peers. Calls {@code
 * io.bradawl.runtime.udp}.
 */
@NullMarked
package io.bradawl.agent.hook.udp;

import org.jspecify.annotations.NullMarked;
