/** Who this process is: its key pair, the file it may come from, and its instance number. */
@NullMarked
package io.bradawl.runtime.identity;

import org.jspecify.annotations.NullMarked;
