/**
 * Soak and chaos: unmodified applications talk for an hour while everything between them fails, and
 * none of it may show but as a pause. {@link io.bradawl.it.soak.Soak} is the command, {@link
 * io.bradawl.it.soak.Stage} who is where, {@link io.bradawl.it.soak.Faults} what goes wrong.
 */
@NullMarked
package io.bradawl.it.soak;

import org.jspecify.annotations.NullMarked;
