/**
 * The smallest programs around libraries that bring no command of their own. They know nothing of
 * Bradawl: take the agent away and they work all the same between hosts that reach each other.
 */
@NullMarked
package io.bradawl.it.apps;

import org.jspecify.annotations.NullMarked;
