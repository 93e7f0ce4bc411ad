/**
 * The few primitives that Noise, realm and seals are built from, over the JDK's own providers:
 * secrets that can be wiped, X25519 (RFC 7748), HMAC and HKDF (RFC 2104, 5869), AES-GCM (NIST SP
 * 800-38D). Knows nothing of protocols.
 */
@NullMarked
package io.bradawl.protocol.crypto;

import org.jspecify.annotations.NullMarked;
