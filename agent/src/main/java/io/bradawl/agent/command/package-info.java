/** {@code java -jar bradawl-agent.jar}: help and version. */
@NullMarked
package io.bradawl.agent.command;

import org.jspecify.annotations.NullMarked;
