/** What the tests have in common: a laboratory with a running rendezvous, and peers in it. */
@NullMarked
package io.bradawl.it.scene;

import org.jspecify.annotations.NullMarked;
