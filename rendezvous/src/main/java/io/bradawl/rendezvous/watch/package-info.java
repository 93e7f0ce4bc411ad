/** The operator's files: reads them, and notices that they were changed by looking now and then. */
@NullMarked
package io.bradawl.rendezvous.watch;

import org.jspecify.annotations.NullMarked;
