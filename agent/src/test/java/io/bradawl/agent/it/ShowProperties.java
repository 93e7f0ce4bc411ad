package io.bradawl.agent.it;

/** Prints all system properties, as applications do when asked for a report. */
public final class ShowProperties {

  private ShowProperties() {}

  public static void main(String[] arguments) {
    System.getProperties().list(System.out);
    System.out.println("application has run");
  }
}
