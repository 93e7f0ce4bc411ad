@NullMarked
package io.bradawl.runtime.turn;

import org.jspecify.annotations.NullMarked;
