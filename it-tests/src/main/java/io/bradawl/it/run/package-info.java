/**
 * How programs are put together to run in the laboratory: which JDK, which jars, with or without
 * the agent.
 */
@NullMarked
package io.bradawl.it.run;

import org.jspecify.annotations.NullMarked;
