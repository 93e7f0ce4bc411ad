package io.bradawl.agent.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every property there is, in the order of the documentation. */
public enum Key {
  ENABLED(
      "enabled", "true", "true, false", "master switch; false leaves every JDK class untouched"),
  REUSE(
      "reuse",
      "on",
      "on, lazy, off",
      "on: every TCP socket gets SO_REUSEADDR and SO_REUSEPORT at creation; lazy: a listener gets"
          + " them when the first punch from its port needs them; off: never"),
  REUSE_PORTS(
      "reuse.ports",
      "all",
      "ports 1..65535 and ranges of them, as in 8080,5000-5010",
      "restricts reuse to sockets bound to these local ports"),
  RENDEZVOUS(
      "rendezvous",
      "none",
      "[tls:]host[:port],..., with an IPv6 address in brackets; port 1..65535, 3478 if left out, 443"
          + " with tls:",
      "the servers where peers meet, in order of preference; without one only reuse works. TLS to"
          + " port 443 is tried where plain TCP does not get through, and with tls: nothing else"),
  TLS_TRUST(
      "tls.trust",
      "the JVM's trust store",
      "the path of a readable file with certificates in PEM form",
      "the authorities that vouch for the servers that are reached by TLS"),
  IDENTITY(
      "identity",
      "a key for this run only",
      "the path of a private key file that only its owner can read, or of none in an existing"
          + " directory",
      "the key behind this peer's id; made if there is none"),
  NAME(
      "name",
      "none",
      "one DNS label: 1 to 63 of a-z, 0-9 and '-', no '-' at either end",
      "the short name that this process claims in its realm; needs the realm secret"),
  SECRET(
      "secret",
      "none",
      "32 to 1024 ASCII letters, digits and signs, as java -jar bradawl-agent.jar realm makes them",
      "the realm secret, whose holders are members; better in a file, which command lines are not"),
  SECRET_FILE(
      "secret.file",
      "none",
      "the path of a file with the realm secret and nothing else, not readable by others",
      "where the realm secret is"),
  PEERS(
      "peers",
      "none",
      "<name>=<52-character peer id>,... or @<file> with one such pair per line",
      "names that this process itself gives to peer ids"),
  ALLOW(
      "allow",
      "realm if a secret is set, else none",
      "none, or names, peer ids, realm (its members) and * (everyone), separated by commas",
      "who may open paths to this process"),
  EXPOSE(
      "expose",
      "every port that is bound to other than loopback",
      "none, or ports and ranges of them as in tcp/8080,udp/5000-5010",
      "which ports of this process peers may reach"),
  TCP_SECURITY(
      "tcp.security",
      "encrypted",
      "encrypted or authenticated, and exceptions by port as in encrypted,authenticated:8443",
      "authenticated: both ends are proven, the bytes stay as they are, for applications that speak"
          + " TLS"),
  UDP_SECURITY(
      "udp.security",
      "encrypted",
      "encrypted or authenticated, and exceptions by port as in encrypted,authenticated:4433",
      "authenticated: both ends are proven, datagrams stay as they are, for applications that speak"
          + " DTLS or QUIC"),
  STUN(
      "stun",
      "the rendezvous alone",
      "host[:port],..., with an IPv6 address in brackets; port 1..65535, 3478 if left out",
      "standard STUN servers that are asked for this host's outer address if the rendezvous does"
          + " not answer by UDP"),
  TURN(
      "turn",
      "what the rendezvous offers",
      "turn:host[:port][?transport=udp|tcp] or turns:host[:port], separated by commas",
      "standard TURN servers that relay where no direct path comes about; used before those that"
          + " the rendezvous offers"),
  TURN_USER("turn.user", "none", "up to 508 octets", "the user name at these servers"),
  TURN_PASSWORD(
      "turn.password",
      "none",
      "up to 763 octets",
      "the password at these servers; better in a file, which command lines are not"),
  TURN_PASSWORD_FILE(
      "turn.password.file",
      "none",
      "the path of a file with that password and nothing else, not readable by others",
      "where the password is"),
  SUFFIX(
      "suffix",
      "peer",
      "DNS labels separated by dots, without a dot at either end",
      "names that end in it are peers; all others are left alone"),
  RANGE(
      "range",
      "240.0.0.0/4",
      "a network inside 240.0.0.0/4 with a prefix of 4 to 24 bits",
      "virtual IPv4 addresses are given out of it"),
  LOG_LEVEL("log.level", "info", "off, error, warn, info, debug, trace", "how much is logged"),
  LOG_FILE("log.file", "stderr", "a path in an existing directory, or stderr", "where to"),
  CONFIG(
      "config",
      "none",
      "the path of a readable properties file in UTF-8",
      "settings for whatever is set nowhere else"),
  ONERROR(
      "onerror",
      "exit",
      "exit, continue",
      "on a bad setting: exit with status 78 before the application starts, or go on without the agent"),
  PORTMAP("portmap", "port mapping");

  /** What all names of system properties begin with. */
  static final String PREFIX = "bradawl.";

  private final String suffix;
  private final String defaultText;
  private final String allowed;
  private final String meaning;
  private final boolean available;

  Key(String suffix, String defaultText, String allowed, String meaning) {
    this(suffix, defaultText, allowed, meaning, true);
  }

  Key(String suffix, String feature) {
    this(suffix, "", "", feature, false);
  }

  Key(String suffix, String defaultText, String allowed, String meaning, boolean available) {
    this.suffix = suffix;
    this.defaultText = defaultText;
    this.allowed = allowed;
    this.meaning = meaning;
    this.available = available;
  }

  /** As a system property: {@code bradawl.log.level}. */
  public String property() {
    return PREFIX + suffix;
  }

  /** As an environment variable: {@code BRADAWL_LOG_LEVEL}. */
  public String variable() {
    return property().toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** Without the prefix: {@code log.level}. */
  String suffix() {
    return suffix;
  }

  /** What is in force when it is not set. */
  public String defaultText() {
    return defaultText;
  }

  /** Which values there are. */
  public String allowed() {
    return allowed;
  }

  /** What it does; of a property that is not available, what it will be part of. */
  public String meaning() {
    return meaning;
  }

  /** Whether its value must not be shown. */
  boolean isSecret() {
    return this == SECRET || this == TURN_PASSWORD;
  }

  /** Whether this version has what the property is about. */
  public boolean isAvailable() {
    return available;
  }

  /** The property with that name, without the prefix. */
  static @Nullable Key of(String suffix) {
    for (Key key : values()) {
      if (key.suffix.equals(suffix)) {
        return key;
      }
    }
    return null;
  }
}
