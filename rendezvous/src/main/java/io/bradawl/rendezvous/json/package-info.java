/** Writes JSON (RFC 8259), for the access log and the status page. */
@NullMarked
package io.bradawl.rendezvous.json;

import org.jspecify.annotations.NullMarked;
