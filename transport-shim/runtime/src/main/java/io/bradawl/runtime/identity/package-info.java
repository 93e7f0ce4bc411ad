/** Who this process is: its key pair and its instance number. */
@NullMarked
package io.bradawl.runtime.identity;

import org.jspecify.annotations.NullMarked;
