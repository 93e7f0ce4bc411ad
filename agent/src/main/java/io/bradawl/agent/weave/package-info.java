/**
 * Weaves single static calls into exactly named methods of the JDK. What to weave is a table of
 * {@link io.bradawl.agent.weave.HookPoint}s; what the calls do is code of the bridge, defined
 * inside {@code java.base}.
 *
 * <p>To add a hook: write a {@link io.bradawl.agent.hook.Feature} with its table and list it in
 * {@code io.bradawl.agent.start.Features}. Tables read like this:
 *
 * <pre>
 * HookPoint.in("sun.nio.ch.Net")
 *     .method("serverSocket", DESCRIPTOR_ON_17, DESCRIPTOR_ON_25)
 *     .exit("sun.nio.ch.BradawlReuse", "created")       // R created(R result, [this,] args...)
 * HookPoint.in("sun.nio.ch.NioSocketImpl")
 *     .method("connect", "(Ljava/net/SocketAddress;I)V")
 *     .entry("sun.nio.ch.BradawlTcp", "connecting")     // boolean connecting([this,] args...)
 * HookPoint.in("sun.nio.ch.NioSocketImpl")
 *     .method("listen", "(I)V")
 *     .call("sun.nio.ch.Net", "listen", "(Ljava/io/FileDescriptor;I)V")
 *     .by("sun.nio.ch.BradawlListen", "listen")         // same arguments; byWithThis: and this, last
 * </pre>
 *
 * <p>A bridge method is public if the woven class is outside {@code sun.nio.ch}.
 *
 * <p>A class is woven when the JVM loads it, and its points are checked then. A feature one of
 * whose points is not found as described goes off, with a line in the log, and the bridge, without
 * hooks set, does as the JDK does.
 */
@NullMarked
package io.bradawl.agent.weave;

import org.jspecify.annotations.NullMarked;
