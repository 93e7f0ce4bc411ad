/**
 * Datagrams at little cost for the loader, which has to be cheaper than what it loads: many with
 * one system call, on sockets of its own or each from another source address.
 */
@NullMarked
package io.bradawl.it.load.datagram;

import org.jspecify.annotations.NullMarked;
