/** The server's certificate: from PEM files to a TLS context, and again when they change. */
@NullMarked
package io.bradawl.rendezvous.tls;

import org.jspecify.annotations.NullMarked;
