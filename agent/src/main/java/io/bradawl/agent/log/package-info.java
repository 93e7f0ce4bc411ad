/**
 * The agent's own logging, and its SLF4J provider behind the isolated loader: never the
 * application's logger.
 */
@NullMarked
package io.bradawl.agent.log;

import org.jspecify.annotations.NullMarked;
