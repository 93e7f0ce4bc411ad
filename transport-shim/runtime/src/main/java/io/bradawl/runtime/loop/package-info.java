/** The one thread on which everything but the application's own calls happens. */
@NullMarked
package io.bradawl.runtime.loop;

import org.jspecify.annotations.NullMarked;
