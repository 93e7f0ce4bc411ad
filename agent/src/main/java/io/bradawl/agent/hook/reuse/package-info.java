/**
 * SO_REUSEADDR and SO_REUSEPORT on TCP sockets, so that ports can be shared: with a successor, and
 * with punching.
 */
@NullMarked
package io.bradawl.agent.hook.reuse;

import org.jspecify.annotations.NullMarked;
