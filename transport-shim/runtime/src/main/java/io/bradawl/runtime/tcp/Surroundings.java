package io.bradawl.runtime.tcp;

import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.relay.TcpRelay;
import io.bradawl.runtime.session.Sessions;
import java.util.random.RandomGenerator;

/** What everything here shares once the runtime is up. */
record Surroundings(
    DriverLoop loop,
    Sessions sessions,
    VirtualAddresses addresses,
    RandomGenerator random,
    ApplicationEnds ends,
    TcpRelay relay) {}
