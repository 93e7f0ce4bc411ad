package io.bradawl.it.scene;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Program;
import java.time.Duration;
import java.util.List;

/** Chromium without a window, on a host of the scene. */
public final class Browser {

  /** How long its clock runs for a page; it does not wait that long. */
  private static final Duration A_LOOK = Duration.ofSeconds(5);

  /** So many looks at the server that some of them are a second of its time apart. */
  private static final Duration A_WHILE = Duration.ofMinutes(20);

  private final Scene scene;
  private final Host host;

  public Browser(Scene scene, Host host) {
    this.scene = scene;
    this.host = host;
  }

  /** The page as scripts have made it, with the messages of the console in between. */
  public String page(String url) {
    return page(url, A_LOOK);
  }

  /** The same, after the page has followed for a while what goes on. */
  public String pageAfterAWhile(String url) {
    return page(url, A_WHILE);
  }

  private String page(String url, Duration clock) {
    Program chromium =
        scene.start(
            host,
            "chromium",
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--enable-logging=stderr",
                "--user-data-dir=" + scene.directory().resolve("chromium"),
                "--virtual-time-budget=" + clock.toMillis(),
                "--dump-dom",
                url));
    scene.succeeds(chromium);
    return chromium.output();
  }
}
