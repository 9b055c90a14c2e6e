package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.statistics.twosample.RiseTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Alarms when a slot of event time has too few or too many rows, compared with the same time of up
 * to {@value #MOST_DAYS} earlier days, {@value #FEWEST_DAYS} at least: Student's prediction
 * interval on the logarithm ({@link RiseTest#next}), and at least {@value #LEAST_RATIO} times as
 * many, or as few. So the hours of a day are no news; weekends widen the interval and are none
 * either.
 *
 * <p>The slots of a week share a third of {@code monitors.level} evenly. A slot in which counting
 * began, or went over to another champion's bins, is not complete: it is neither tested nor
 * remembered. A slot that no tick fell into had no row. An odd slot is remembered like any other,
 * so that a new level is news for as long as it is new. The rows of a tick count where the tick
 * ends.
 */
final class RowVolume implements Monitor {
  private static final int MOST_DAYS = 14;
  private static final int FEWEST_DAYS = 7;
  private static final double LEAST_RATIO = 1.5;

  /** After a longer gap the past says nothing of the present. */
  private static final long MOST_EMPTY = 1000;

  private static final long NONE = Long.MIN_VALUE;
  private static final Duration DAY = Duration.ofDays(1);

  private final ModelSpec spec;
  private final long slotMillis;
  private final long slotsPerDay;
  private final double level;
  private final SortedMap<Long, List<Long>> earlier = new TreeMap<>();
  private final List<Signal> told = new ArrayList<>();
  private int version;
  private boolean isReferenced;
  private boolean isCut;
  private long pending;
  private long slot = NONE;
  private long rows;
  private boolean isPartial;

  private record State(
      int version,
      boolean isReferenced,
      boolean isCut,
      long pending,
      long slot,
      long rows,
      boolean isPartial,
      SortedMap<Long, List<Long>> earlier) {}

  RowVolume(ModelSpec spec) {
    this.spec = spec;
    this.slotMillis = spec.monitors().quality().slot().toMillis();
    this.slotsPerDay = Math.max(1, DAY.toMillis() / slotMillis);
    double slotsPerWeek = Math.max(1, 7.0 * DAY.toMillis() / slotMillis);
    this.level = spec.monitors().level() / RowQuality.FAMILIES / slotsPerWeek;
  }

  @Override
  public String name() {
    return "row-volume";
  }

  @Override
  public void champion(int champion, @Nullable ReferenceProfile profile) {
    if (champion != version || isReferenced != (profile != null)) {
      // What a partition had counted over the former bins was dropped.
      isCut = true;
      version = champion;
      isReferenced = profile != null;
    }
  }

  @Override
  public void rows(RowTally tally) {
    pending += tally.rows();
  }

  @Override
  public void outcome(Watched outcome) {
    // Rows count, labelled or not.
  }

  @Override
  public List<Signal> tick(Instant now) {
    told.clear();
    // The rows of a tick at the very end of a slot are still the slot's.
    long current = Math.floorDiv(now.toEpochMilli() - 1, slotMillis);
    if (slot == NONE || current < slot || current - slot > MOST_EMPTY) {
      earlier.clear();
      begin(current, true);
    } else if (current > slot) {
      close(slot, rows, isPartial);
      for (long empty = slot + 1; empty < current; empty++) {
        close(empty, 0, false);
      }
      begin(current, false);
    }
    rows += pending;
    pending = 0;
    isPartial |= isCut;
    isCut = false;
    if (now.toEpochMilli() == (slot + 1) * slotMillis) {
      close(slot, rows, isPartial);
      begin(slot + 1, false);
    }
    return List.copyOf(told);
  }

  private void begin(long next, boolean partial) {
    slot = next;
    rows = 0;
    isPartial = partial;
  }

  private void close(long closed, long count, boolean partial) {
    if (partial) {
      return;
    }
    List<Long> before =
        earlier.computeIfAbsent(Math.floorMod(closed, slotsPerDay), day -> new ArrayList<>());
    if (before.size() >= FEWEST_DAYS) {
      told.add(compared(before, count, Instant.ofEpochMilli((closed + 1) * slotMillis)));
    }
    before.add(count);
    if (before.size() > MOST_DAYS) {
      before.remove(0);
    }
  }

  private Signal compared(List<Long> before, long count, Instant end) {
    double p = RiseTest.next(before.stream().mapToLong(c -> c).toArray(), count);
    double usual = Math.expm1(before.stream().mapToDouble(Math::log1p).average().orElseThrow());
    double ratio = (1 + count) / (1 + usual);
    boolean isAlarm = p <= level && (ratio >= LEAST_RATIO || ratio <= 1 / LEAST_RATIO);
    Facts facts =
        new Facts()
            .with("p", p)
            .with("level", level)
            .with("rows", count)
            .with("usual", usual)
            .with("days", before.size());
    String detector = "prediction interval, same time of day";
    return new Signal(
        spec.model(), version, "quality", detector, "volume", isAlarm, end, facts.map());
  }

  @Override
  public byte[] toBytes() {
    return Json.write(
        new State(version, isReferenced, isCut, pending, slot, rows, isPartial, earlier));
  }

  @Override
  public void restore(byte[] state) {
    State kept = Json.read(state, State.class);
    version = kept.version();
    isReferenced = kept.isReferenced();
    isCut = kept.isCut();
    pending = kept.pending();
    slot = kept.slot();
    rows = kept.rows();
    isPartial = kept.isPartial();
    earlier.clear();
    kept.earlier().forEach((day, counts) -> earlier.put(day, new ArrayList<>(counts)));
  }
}
