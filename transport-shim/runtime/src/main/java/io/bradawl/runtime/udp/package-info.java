/**
 * UDP paths on the application's own socket. {@link io.bradawl.runtime.udp.UdpSocket} is the data
 * path, on the application's threads: what is control, what is data, and where data goes. {@link
 * io.bradawl.runtime.udp.SocketPaths} makes and keeps the paths, on the driver loop.
 */
@NullMarked
package io.bradawl.runtime.udp;

import org.jspecify.annotations.NullMarked;
