package io.bradawl.rendezvous.options;

/**
 * What one option is set to beside the command line.
 *
 * @param source as messages name it: {@code "file /etc/bradawl/rendezvous.properties"}
 */
record Setting(String value, String source) {}
