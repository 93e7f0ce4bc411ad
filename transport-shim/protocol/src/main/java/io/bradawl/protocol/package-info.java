/**
 * The sans-IO core: wire codecs and pure state machines. Nothing here opens a socket, reads a
 * clock, starts a thread or draws a random number; time and randomness are arguments, so a whole
 * situation replays from one seed.
 */
@NullMarked
package io.bradawl.protocol;

import org.jspecify.annotations.NullMarked;
