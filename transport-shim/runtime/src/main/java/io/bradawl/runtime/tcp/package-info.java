/** TCP paths: punch ports, punching sockets, and the hand-over to the application's socket. */
@NullMarked
package io.bradawl.runtime.tcp;

import org.jspecify.annotations.NullMarked;
