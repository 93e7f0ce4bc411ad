/**
 * What an operator can set: one class of options for each feature, read from the command line, a
 * configuration file and the environment alike.
 */
@NullMarked
package io.bradawl.rendezvous.options;

import org.jspecify.annotations.NullMarked;
