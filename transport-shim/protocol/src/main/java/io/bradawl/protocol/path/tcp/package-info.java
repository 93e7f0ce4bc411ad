/** Parallel TCP hole punching (Ford, Srisuresh, Kegel 2005, section 4.2) as a sans-IO machine. */
@NullMarked
package io.bradawl.protocol.path.tcp;

import org.jspecify.annotations.NullMarked;
