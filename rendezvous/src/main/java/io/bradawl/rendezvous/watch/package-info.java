/** Notices that files were changed, by looking at them now and then. */
@NullMarked
package io.bradawl.rendezvous.watch;

import org.jspecify.annotations.NullMarked;
