/**
 * Who is there, under which names, with which services. Pure state: no socket, no clock, no thread.
 */
@NullMarked
package io.bradawl.rendezvous.directory;

import org.jspecify.annotations.NullMarked;
