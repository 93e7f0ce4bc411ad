/**
 * What all that serve the network share: how sockets are opened, how frames become messages, and
 * how many of something there may be. Knows of nobody who uses it.
 */
@NullMarked
package io.bradawl.rendezvous.net;

import org.jspecify.annotations.NullMarked;
