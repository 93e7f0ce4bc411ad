package io.bradawl.protocol.seal;

/**
 * How much both sides of one sealed stream have on their way to each other. Over a relay of unknown
 * make it is kept so low that the relay is never full: each side sends no more than the other has
 * passed on to its application and told of (as RFC 9113 section 5.2 does it), plus {@value #SIZE}
 * octets.
 *
 * <p>Each side of a relayed stream says once, before anything else, whether it wants that: only
 * whose relay it is knows. It is done if one side wants it, and until the other has spoken. A side
 * that takes the stream for a direct one speaks when it is spoken to. What counts are the octets of
 * DATA records, header and tag included.
 *
 * <p>A side whose application has ended its direction says nothing more, and then the other may
 * send as it likes: a relay is not full in both directions if nothing flows in one.
 */
public final class StreamWindow {

  /**
   * Octets that may be on their way in one direction, {@value}: coturn stops reading at 128 KiB of
   * what it could not pass on.
   */
  public static final int SIZE = 96 * 1024;

  /** The answer of {@link #takeNews} when there is nothing to tell. */
  public static final int NOTHING = -1;

  /** What a side tells that has no need of a window. */
  static final int UNBOUNDED = Integer.MAX_VALUE;

  /** What a side tells first that has: nothing in addition to {@link #SIZE}. */
  static final int BOUNDED = 0;

  /** Octets that are told of, and asked for, at a time. */
  private static final int STEP = SIZE / 4;

  private final Relaying own;
  private boolean announced;
  private boolean heard;
  private boolean otherIsBounded;
  private boolean otherHasEnded;
  private long sendable = SIZE;
  private long untold;

  /**
   * @param own what this side knows
   */
  public StreamWindow(Relaying own) {
    this.own = own;
  }

  /** Whether octets are counted, in both directions. */
  public boolean isBounded() {
    if (own == Relaying.FOREIGN || otherIsBounded) {
      return true;
    }
    return own == Relaying.RELAYED && !heard;
  }

  /**
   * Octets of DATA records that may be sent now: none rather than few.
   *
   * @return 0, or {@value #SIZE} / 4 and more; {@link Integer#MAX_VALUE} if there is no bound
   */
  public int sendable() {
    if (!isBounded() || otherHasEnded) {
      return Integer.MAX_VALUE;
    }
    return sendable < STEP ? 0 : (int) sendable;
  }

  /** DATA records of {@code octets} in all are on their way to the other side. */
  public void sent(int octets) {
    sendable -= octets;
  }

  /** This side's application has taken what DATA records of {@code octets} in all brought. */
  public void passedOn(int octets) {
    untold += octets;
  }

  /**
   * The other side has told something.
   *
   * @param told 0 or more, as {@link StreamOpener#told} has it
   */
  public void heard(int told) {
    if (heard) {
      sendable = Math.min(SIZE, sendable + told);
    } else {
      heard = true;
      otherIsBounded = told != UNBOUNDED;
    }
  }

  /** The other side's application has ended its direction: nothing more will be told. */
  public void otherHasEnded() {
    otherHasEnded = true;
  }

  /** Whether {@link #takeNews} has something to tell. */
  public boolean hasNews() {
    return hasToAnnounce() || isBounded() && untold >= STEP;
  }

  private boolean hasToAnnounce() {
    return !announced && (heard || own != Relaying.DIRECT);
  }

  /**
   * What is to be told to the other side now, by {@link StreamSealer#tell}, before any more data.
   *
   * @return 0 or more, or {@link #NOTHING}
   */
  public int takeNews() {
    if (hasToAnnounce()) {
      announced = true;
      return own == Relaying.FOREIGN ? BOUNDED : UNBOUNDED;
    }
    if (!hasNews()) {
      return NOTHING;
    }
    int told = (int) Math.min(untold, UNBOUNDED - 1);
    untold -= told;
    return told;
  }
}
