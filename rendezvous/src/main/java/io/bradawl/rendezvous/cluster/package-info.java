/**
 * What several nodes know together, over Redis: who is registered where, and signals from one node
 * to another. Nothing here waits for Redis on a thread that serves peers.
 */
@NullMarked
package io.bradawl.rendezvous.cluster;

import org.jspecify.annotations.NullMarked;
