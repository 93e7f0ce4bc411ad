/** The README's first command: two unmodified applications between two NATs. */
@NullMarked
package io.bradawl.it.demo;

import org.jspecify.annotations.NullMarked;
