/**
 * What TCP and UDP paths have in common: the gate before which tasks wait for the runtime, the
 * candidates of a socket, and the log lines that are promised to users.
 */
@NullMarked
package io.bradawl.runtime.path;

import org.jspecify.annotations.NullMarked;
