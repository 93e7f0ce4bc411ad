/**
 * Servers under load, each a process on processors of its own: ours, coturn, and one that only
 * sends back what it gets, which is the least that a server can do.
 */
@NullMarked
package io.bradawl.it.load.subject;

import org.jspecify.annotations.NullMarked;
