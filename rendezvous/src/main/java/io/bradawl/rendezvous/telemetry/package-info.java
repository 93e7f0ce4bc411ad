/**
 * What the server tells its operator: measures, readiness, and the events of the access log. Pure
 * state that every part of the server writes to; how it is shown is for {@code http} and {@code
 * accesslog} to know.
 */
@NullMarked
package io.bradawl.rendezvous.telemetry;

import org.jspecify.annotations.NullMarked;
