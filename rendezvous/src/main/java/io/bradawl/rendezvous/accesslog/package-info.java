/** Writes the access log: one JSON object a line, by a thread of its own. */
@NullMarked
package io.bradawl.rendezvous.accesslog;

import org.jspecify.annotations.NullMarked;
