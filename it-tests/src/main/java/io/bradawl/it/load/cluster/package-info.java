/**
 * More peers than one node or one loader can have connections: {@link
 * io.bradawl.it.load.cluster.Multitude} starts nodes that share a Redis, and a process of peers for
 * each.
 */
@NullMarked
package io.bradawl.it.load.cluster;

import org.jspecify.annotations.NullMarked;
