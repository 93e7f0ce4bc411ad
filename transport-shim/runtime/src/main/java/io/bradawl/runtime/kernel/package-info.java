/** What the kernel says of sockets when nobody else does. */
@NullMarked
package io.bradawl.runtime.kernel;

import org.jspecify.annotations.NullMarked;
