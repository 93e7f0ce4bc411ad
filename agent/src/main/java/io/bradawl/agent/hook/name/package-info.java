/**
 * Look-ups of peers' names. The hook sits above the cache of {@code InetAddress}: below it a peer
 * that was not there yet would stay unknown for ten seconds, without a reason after the first
 * answer.
 */
@NullMarked
package io.bradawl.agent.hook.name;

import org.jspecify.annotations.NullMarked;
