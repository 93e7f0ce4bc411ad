@NullMarked
package io.bradawl.runtime.relay;

import org.jspecify.annotations.NullMarked;
