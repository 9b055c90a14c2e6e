package dev.weir.app.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A seeded stream of events with labels, in the order in which records come: features by event time
 * up to a few seconds, labels by their own time, up to a minute later. Of 100 events two have no
 * label and one has it twice. It holds no more in memory than the labels to come.
 */
final class BenchEvents {
  /** Event time between two events. */
  static final Duration PACE = Duration.ofMillis(100);

  private static final int MISSING_OF_100 = 2;
  private static final int TWICE_OF_100 = 1;
  private static final int DISORDER_MILLIS = 5_000;
  private static final int SHORTEST_DELAY_MILLIS = 6_000;
  private static final int LONGEST_DELAY_MILLIS = 60_000;
  private static final String[] CARRIERS = {"air", "rail", "road", "sea"};
  private static final String[] REGIONS = {"north", "south", "east", "west", "centre"};

  private final long count;
  private final Instant start;
  private final SplittableRandom random;
  private final PriorityQueue<DueLabel> due =
      new PriorityQueue<>(Comparator.comparing(DueLabel::time).thenComparing(DueLabel::id));
  private long labels;
  private long copies;

  /** Takes records. */
  @FunctionalInterface
  interface Sink {
    void take(boolean isLabel, String id, byte[] json) throws InterruptedException;
  }

  private record DueLabel(Instant time, String id, boolean isLate) {}

  /** Creates a stream; {@link #each} is called once. */
  BenchEvents(long seed, long count, Instant start) {
    this.count = count;
    this.start = start;
    this.random = new SplittableRandom(seed);
  }

  /** Hands over every record. */
  void each(Sink sink) throws InterruptedException {
    for (long n = 0; n < count; n++) {
      Instant now = start.plus(PACE.multipliedBy(n));
      while (!due.isEmpty() && due.peek().time().isBefore(now)) {
        label(sink, due.remove());
      }
      event(sink, "e" + n, now.minusMillis(random.nextInt(DISORDER_MILLIS)));
    }
    while (!due.isEmpty()) {
      label(sink, due.remove());
    }
  }

  private void event(Sink sink, String id, Instant at) throws InterruptedException {
    double amount = random.nextDouble();
    String json =
        "{\"id\":\""
            + id
            + "\",\"at\":\""
            + at
            + "\",\"shop\":\"shop-"
            + random.nextInt(1_000)
            + "\",\"amount\":"
            + amount
            + ",\"distance\":"
            + random.nextInt(5_000)
            + ",\"weight\":"
            + random.nextInt(100_000) / 1_000.0
            + ",\"items\":"
            + random.nextInt(40)
            + ",\"carrier\":\""
            + CARRIERS[random.nextInt(CARRIERS.length)]
            + "\",\"region\":\""
            + REGIONS[random.nextInt(REGIONS.length)]
            + "\"}";
    sink.take(false, id, bytes(json));
    int fate = random.nextInt(100);
    if (fate < MISSING_OF_100) {
      return;
    }
    int delay = random.nextInt(SHORTEST_DELAY_MILLIS, LONGEST_DELAY_MILLIS);
    DueLabel label = new DueLabel(at.plusMillis(delay), id, random.nextDouble() < amount);
    due.add(label);
    labels++;
    if (fate < MISSING_OF_100 + TWICE_OF_100) {
      due.add(label);
      copies++;
    }
  }

  private static void label(Sink sink, DueLabel label) throws InterruptedException {
    String json =
        "{\"id\":\""
            + label.id()
            + "\",\"at\":\""
            + label.time()
            + "\",\"late\":"
            + (label.isLate() ? 1 : 0)
            + "}";
    sink.take(true, label.id(), bytes(json));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns how many events had a label, once all were handed over. */
  long labels() {
    return labels;
  }

  /** Returns how many labels came a second time. */
  long copies() {
    return copies;
  }

  /** Returns how many records were handed over. */
  long records() {
    return count + labels + copies;
  }
}
