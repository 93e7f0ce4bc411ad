/**
 * What the operator sees in a browser, and machines ask: health, measures, status. On a port of its
 * own, with a thread of its own, so that whoever asks holds up no peer.
 */
@NullMarked
package io.bradawl.rendezvous.http;

import org.jspecify.annotations.NullMarked;
