/**
 * Plain JDK programs that show what a NAT does; with them the laboratory is tested before anything
 * else is tested in it.
 */
@NullMarked
package io.bradawl.it.probe;

import org.jspecify.annotations.NullMarked;
