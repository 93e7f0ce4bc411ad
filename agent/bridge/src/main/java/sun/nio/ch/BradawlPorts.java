package sun.nio.ch;

/** A set of ports. */
public interface BradawlPorts {

  boolean includes(int port);
}
