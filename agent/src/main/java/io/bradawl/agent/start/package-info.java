/**
 * Puts the agent together when the JVM starts: configuration, bridge, weave, features, and the
 * runtime's start.
 */
@NullMarked
package io.bradawl.agent.start;

import org.jspecify.annotations.NullMarked;
