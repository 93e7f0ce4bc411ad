/** Offers and answers: matches them, times them out, routes them to the TCP or UDP side. */
@NullMarked
package io.bradawl.runtime.session;

import org.jspecify.annotations.NullMarked;
