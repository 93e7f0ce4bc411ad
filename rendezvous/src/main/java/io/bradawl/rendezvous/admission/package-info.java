/** Which realms are served: the list of access keys, and the file that it comes from. */
@NullMarked
package io.bradawl.rendezvous.admission;

import org.jspecify.annotations.NullMarked;
