/**
 * One client each, as far as load needs one: an allocation over UDP or over TCP, and a peer that is
 * registered at the rendezvous.
 */
@NullMarked
package io.bradawl.it.load.client;

import org.jspecify.annotations.NullMarked;
