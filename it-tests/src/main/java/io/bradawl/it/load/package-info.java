/**
 * Loads a server and says what it took. {@link io.bradawl.it.load.Capacity} starts what the words
 * on the command line ask for: rounds against our server and against coturn in turn ({@code
 * scenario}), what one server holds ({@code Holdings}) and bears ({@code Flood}), or several nodes
 * with all the peers that they may have ({@code cluster}).
 *
 * <p>Below: {@code subject} is what is loaded, {@code client} and {@code crowd} are who loads it,
 * {@code datagram} makes that cheap, {@code measure} says what it took.
 */
@NullMarked
package io.bradawl.it.load;

import org.jspecify.annotations.NullMarked;
