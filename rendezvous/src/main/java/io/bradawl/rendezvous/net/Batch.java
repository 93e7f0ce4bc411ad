package io.bradawl.rendezvous.net;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done once an event loop has read from all sockets that were ready: a task that is
 * submitted meanwhile runs exactly then. On that loop only.
 */
public final class Batch implements Runnable {

  /** Something that puts work off until the end of a round. */
  public interface Member {

    /** The round is over. */
    void finish();
  }

  private final EventLoop loop;
  private final List<Member> members = new ArrayList<>();

  public Batch(EventLoop loop) {
    this.loop = loop;
  }

  public EventLoop loop() {
    return loop;
  }

  /** To be called once a round by each. */
  public void add(Member member) {
    if (members.isEmpty()) {
      loop.execute(this);
    }
    members.add(member);
  }

  @Override
  public void run() {
    // Finishing one may add others, at the end of the list.
    for (int i = 0; i < members.size(); i++) {
      members.get(i).finish();
    }
    members.clear();
  }
}
