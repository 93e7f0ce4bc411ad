/**
 * A realm: peers that share a secret. From it come {@link io.bradawl.protocol.realm.AccessKey
 * access} to a rendezvous, which sees the public half only, and what the rendezvous never learns:
 * the pre-shared key of handshakes and the key under which {@link
 * io.bradawl.protocol.realm.NameClaim names} are claimed. {@link
 * io.bradawl.protocol.realm.AccessProof} is how a peer shows, when it registers, that it is who it
 * says and of which realm.
 */
@NullMarked
package io.bradawl.protocol.realm;

import org.jspecify.annotations.NullMarked;
