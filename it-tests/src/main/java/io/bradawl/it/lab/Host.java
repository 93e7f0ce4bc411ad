package io.bradawl.it.lab;

import io.bradawl.it.lab.userspace.Visit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A machine of the laboratory with one address, or one of each IP version. */
public final class Host implements Launcher {
  private final String name;
  private final String address;
  private final Namespace namespace;
  private final Observer received;

  Host(String name, String address, Namespace namespace) {
    this.name = name;
    this.address = address;
    this.namespace = namespace;
    this.received = Observer.ofReceived(namespace);
  }

  /** The name given to it. */
  public String name() {
    return name;
  }

  /** Its own address, which behind a NAT nobody outside can reach. */
  public String address() {
    return address;
  }

  /** Its address of IPv6, if the laboratory has that. */
  public String ipv6() {
    return Stack.ipv6(address);
  }

  /** Takes its address of IPv4 away. */
  public void onlyIpv6() {
    namespace.configure("ip -4 addr flush dev eth0");
  }

  /** Takes its address of IPv6 away. */
  public void onlyIpv4() {
    namespace.configure("ip -6 addr flush dev eth0 scope global");
  }

  /** Counts what this host's stack received. */
  public Observer received() {
    return received;
  }

  /** Changes a kernel setting of this host only, for example {@code net/ipv4/tcp_migrate_req}. */
  public void sysctl(String key, String value) {
    namespace.configure("echo " + value + " > /proc/sys/" + key);
  }

  /** Opens something on this host: a socket, that is, which is used from this process then. */
  public <T> T open(Callable<T> action) {
    return Visit.to(namespace.file(), action);
  }

  /** Runs a shell script on this host to its end and returns what it printed; fails if it does. */
  public String shell(String script) {
    return namespace.configure(script);
  }

  /**
   * Starts a command on this host. It dies with the laboratory at the latest.
   *
   * @throws IOException if the command cannot be started
   */
  @Override
  public Program start(
      String label, List<String> command, Map<String, String> environment, Path directory)
      throws IOException {
    return Program.start(label, namespace.enter(command), environment, directory);
  }
}
