/**
 * How connections to servers come about: plain TCP, or TLS, through an HTTP proxy where the JVM is
 * set to use one; and how single messages are read off a stream. What they mean is the caller's.
 */
@NullMarked
package io.bradawl.runtime.dial;

import org.jspecify.annotations.NullMarked;
