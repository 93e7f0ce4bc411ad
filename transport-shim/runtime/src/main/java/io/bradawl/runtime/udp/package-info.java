/**
 * UDP paths on the application's own socket: what is control, what is data, and where data goes.
 */
@NullMarked
package io.bradawl.runtime.udp;

import org.jspecify.annotations.NullMarked;
