/**
 * A NAT or firewall as a pure function of its packets and the time, in the terms of RFC 4787 (UDP)
 * and RFC 5382 (TCP). The simulated internet puts it between simulated nets; the laboratory puts
 * the very same between the kernel's.
 */
@NullMarked
package io.bradawl.protocol.sim.nat;

import org.jspecify.annotations.NullMarked;
