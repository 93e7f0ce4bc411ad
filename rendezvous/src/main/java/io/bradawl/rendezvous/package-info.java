/** The rendezvous server's command line: options in, a running server or a telling error out. */
@NullMarked
package io.bradawl.rendezvous;

import org.jspecify.annotations.NullMarked;
