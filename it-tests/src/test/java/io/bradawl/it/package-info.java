/** Unmodified applications with the packaged agent, between NATs that the kernel makes. */
@NullMarked
package io.bradawl.it;

import org.jspecify.annotations.NullMarked;
