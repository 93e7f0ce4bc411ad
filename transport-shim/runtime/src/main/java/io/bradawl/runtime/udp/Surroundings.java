package io.bradawl.runtime.udp;

import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.session.Sessions;
import io.bradawl.runtime.signal.RendezvousServer;
import io.bradawl.runtime.turn.TurnAccess;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all UDP sockets share once the runtime is up.
 *
 * @param turn {@code null} if nothing is to be relayed
 * @param stun servers to be asked if the rendezvous does not answer
 * @param security what to ask for on paths to the service at a port
 */
record Surroundings(
    DriverLoop loop,
    Sessions sessions,
    VirtualAddresses addresses,
    RandomGenerator random,
    Pump pump,
    Reach reach,
    KeptRelays relays,
    RelayFailures relayFailures,
    @Nullable TurnAccess turn,
    List<RendezvousServer> stun,
    IntFunction<Security> security) {}
