package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.signal.Signal.Response;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The look-ups that wait for an outcome, by ticket and in order of arrival. */
final class Lookups {

  /**
   * @param deadline nanoseconds
   */
  private record Pending(Signal.Lookup what, long deadline) {}

  private final Map<Long, Pending> pending = new LinkedHashMap<>();
  private final Consumer<RegistrationOutput> out;

  Lookups(Consumer<RegistrationOutput> out) {
    this.out = out;
  }

  void add(long ticket, Signal.Lookup what, long deadline) {
    pending.put(ticket, new Pending(what, deadline));
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  void forEach(BiConsumer<Long, Signal.Lookup> action) {
    pending.forEach((ticket, lookup) -> action.accept(ticket, lookup.what()));
  }

  /** Ends one with what the rendezvous said; too late an answer is none. */
  void answered(long ticket, Response response) {
    if (pending.remove(ticket) == null) {
      return;
    }
    out.accept(
        response.match(
            registered ->
                failed(ticket, Reason.SERVER_ERROR, "the rendezvous mixed up its answers"),
            challenged ->
                failed(ticket, Reason.SERVER_ERROR, "the rendezvous mixed up its answers"),
            found -> new RegistrationOutput.LookupDone(ticket, found),
            rejected -> failed(ticket, rejected.reason(), rejected.text())));
  }

  void failAll(Reason reason, String text) {
    List<Long> tickets = new ArrayList<>(pending.keySet());
    pending.clear();
    tickets.forEach(ticket -> out.accept(failed(ticket, reason, text)));
  }

  void failDue(long now, String text) {
    for (Iterator<Map.Entry<Long, Pending>> each = pending.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Long, Pending> entry = each.next();
      if (entry.getValue().deadline() <= now) {
        each.remove();
        out.accept(failed(entry.getKey(), Reason.SERVER_ERROR, text));
      }
    }
  }

  long nextDeadline() {
    return pending.values().stream().mapToLong(Pending::deadline).min().orElse(Machine.NEVER);
  }

  private static RegistrationOutput failed(long ticket, Reason reason, String text) {
    return new RegistrationOutput.LookupFailed(ticket, reason, text);
  }
}
