/** Who is let in, and how much of the server they may have. */
@NullMarked
package io.bradawl.rendezvous.admission;

import org.jspecify.annotations.NullMarked;
