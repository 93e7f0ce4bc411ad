/**
 * What the application's calls reach: each sub-package implements the bridge's interfaces for one
 * {@link io.bradawl.agent.hook.Feature} and calls the runtime. Nothing is decided here.
 */
@NullMarked
package io.bradawl.agent.hook;

import org.jspecify.annotations.NullMarked;
