package dev.weir.pipeline.monitor;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A prediction with its label, as monitors see it. Its order depends on nothing but the record:
 * label time, event time, event id, version, role.
 *
 * @param eventId the event's id
 * @param version the model version
 * @param role whether the version decided or watched
 * @param probability the probability of class 1, in [0, 1]
 * @param selected whether the version's threshold selects the row; null in old predictions
 * @param label 0 or 1
 * @param eventTime when the event happened
 * @param labelTime when its label became known
 * @param groups group name to group value, sorted by name
 */
public record Watched(
    String eventId,
    int version,
    ServingRole role,
    double probability,
    @Nullable Boolean selected,
    double label,
    Instant eventTime,
    Instant labelTime,
    Map<String, String> groups)
    implements Comparable<Watched> {
  private static final Comparator<Watched> ORDER =
      Comparator.comparing(Watched::labelTime)
          .thenComparing(Watched::eventTime)
          .thenComparing(Watched::eventId)
          .thenComparing(Watched::version)
          .thenComparing(Watched::role);

  public Watched {
    requireNonNull(eventId, "eventId");
    requireNonNull(role, "role");
    requireNonNull(eventTime, "eventTime");
    requireNonNull(labelTime, "labelTime");
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1], was " + probability);
    }
    groups = Collections.unmodifiableMap(new TreeMap<>(groups));
  }

  /** Returns what monitors see of an outcome. */
  public static Watched of(Outcome outcome) {
    Prediction prediction = outcome.prediction();
    return new Watched(
        prediction.eventId(),
        prediction.version(),
        prediction.role(),
        prediction.probability(),
        prediction.selected(),
        outcome.label(),
        prediction.eventTime(),
        outcome.labelTime(),
        outcome.groups());
  }

  /** Returns whether {@code champion} decided it, not a version that watched or served before. */
  boolean isDecisionOf(int champion) {
    return role == ServingRole.CHAMPION && version == champion;
  }

  @Override
  public int compareTo(Watched other) {
    return ORDER.compare(this, other);
  }
}
