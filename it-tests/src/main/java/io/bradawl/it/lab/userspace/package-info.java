/**
 * Boxes that the kernel does not have: any NAT of RFC 4787 and 5382, and lines with delay, jitter,
 * loss and duplication. Packets of a namespace pass through a TUN device, the NAT of the simulation
 * and a delay line, all in this process.
 */
@NullMarked
package io.bradawl.it.lab.userspace;

import org.jspecify.annotations.NullMarked;
