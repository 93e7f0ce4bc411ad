package io.bradawl.it.lab;

/**
 * What an {@link Observer} counts by.
 *
 * @param from source address, as seen at the observer
 * @param to destination address
 * @param protocol {@code tcp}, {@code udp} or {@code icmp}
 */
public record Flow(String from, String to, String protocol) {}
