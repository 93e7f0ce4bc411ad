/**
 * The Binding usage of STUN, with behaviour discovery (RFC 5780) where the server has two addresses
 * and two ports. What is answered is decided without a socket; {@code UdpBindingHandler} sends it.
 */
@NullMarked
package io.bradawl.rendezvous.stun;

import org.jspecify.annotations.NullMarked;
