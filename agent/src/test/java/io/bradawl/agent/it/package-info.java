/** The packaged agent in JVMs of its own: nothing here shares a process with what it tests. */
@NullMarked
package io.bradawl.agent.it;

import org.jspecify.annotations.NullMarked;
