package io.bradawl.rendezvous;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionFromManifest implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"bradawl-rendezvous " + text()};
  }

  static String text() {
    String version = RendezvousMain.class.getPackage().getImplementationVersion();
    return version != null ? version : "(not packaged)";
  }
}
