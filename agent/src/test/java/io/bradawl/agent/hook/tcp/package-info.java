/** The TCP hooks, woven into forked JVMs whose every peer is the JVM itself. */
@NullMarked
package io.bradawl.agent.hook.tcp;

import org.jspecify.annotations.NullMarked;
