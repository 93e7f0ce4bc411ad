package io.bradawl.it.apps;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;

/** A Californium server on CoAP's port with two resources. */
public final class CoapSensor {
  private CoapSensor() {}

  /** Takes no arguments; runs until killed. */
  public static void main(String[] args) {
    CoapConfig.register();
    UdpConfig.register();
    Configuration.setStandard(Configuration.createStandardWithoutFile());
    CoapServer server = new CoapServer(CoAP.DEFAULT_COAP_PORT);
    server.add(new Text("temperature", "21.5 C"), new Text("log", "all is well. ".repeat(500)));
    server.start();
    System.out.println("CoAP server listening on port " + CoAP.DEFAULT_COAP_PORT);
  }

  /** Answers GET with a text; a long one goes block by block. */
  private static final class Text extends CoapResource {
    private final String text;

    Text(String name, String text) {
      super(name);
      this.text = text;
    }

    @Override
    public void handleGET(CoapExchange exchange) {
      exchange.respond(text);
    }
  }
}
