/**
 * Drives the protocol machines over real sockets: what the agent's hooks call. Nothing decides
 * here.
 */
@NullMarked
package io.bradawl.runtime;

import org.jspecify.annotations.NullMarked;
