/** {@code java -jar bradawl-agent.jar}: help, version, and the making of keys and realms. */
@NullMarked
package io.bradawl.agent.command;

import org.jspecify.annotations.NullMarked;
