package io.bradawl.runtime.udp;

import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.session.Sessions;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * What all UDP sockets share once the runtime is up.
 *
 * @param security what to ask for on paths to the service at a port
 */
record Surroundings(
    DriverLoop loop,
    Sessions sessions,
    VirtualAddresses addresses,
    RandomGenerator random,
    Pump pump,
    IntFunction<Security> security) {}
