/**
 * What the JVM loads into the application's class path: the agent's entry points and the loader
 * behind which everything else lives. Only JDK types are named here.
 */
@NullMarked
package io.bradawl.agent;

import org.jspecify.annotations.NullMarked;
