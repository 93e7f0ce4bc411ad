/** The application's TCP connects and listeners, brought to {@link io.bradawl.runtime.tcp}. */
@NullMarked
package io.bradawl.agent.hook.tcp;

import org.jspecify.annotations.NullMarked;
