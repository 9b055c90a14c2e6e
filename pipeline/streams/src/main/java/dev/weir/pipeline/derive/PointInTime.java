package dev.weir.pipeline.derive;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.event.Arrival;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.FeatureSpec.Source;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.state.Timeline;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The derived features of one event, as of its time: of what the history has strictly before it.
 *
 * <p>Cost: one range scan for each distinct (source, field), over the longest window asked for
 * there, or over the latest values only where no feature asks for more.
 */
final class PointInTime {
  /** A scope whose latest values only are wanted is looked through from this part of its window. */
  private static final int FIRST_LOOKS = 64;

  private final ModelSpec spec;
  private final Plan plan;
  private final History history;

  PointInTime(ModelSpec spec, Plan plan, History history) {
    this.spec = spec;
    this.plan = plan;
    this.history = history;
  }

  /** Returns the event's row with its derived features. */
  Row row(Arrival.OfEvent event) {
    Map<Lookback, Summary> summaries = summaries(event);
    Row row = event.row();
    float[] values = row.features().toArray();
    for (int i = 0; i < values.length; i++) {
      if (spec.features().get(i) instanceof FeatureSpec.Derived derived) {
        values[i] = saturated(value(derived, summaries));
      }
    }
    return new Row(
        row.eventId(),
        row.entityId(),
        row.eventTime(),
        row.specDigest(),
        FeatureVector.of(values),
        row.groups(),
        row.origin());
  }

  private static double value(FeatureSpec.Derived feature, Map<Lookback, Summary> summaries) {
    Summary summary = requireNonNull(summaries.get(Lookback.of(feature)));
    if (feature instanceof FeatureSpec.Aggregate aggregate) {
      return summary.value(aggregate.statistic(), aggregate.lag());
    }
    FeatureSpec.KnownLabelRate rate = (FeatureSpec.KnownLabelRate) feature;
    double prior = rate.prior();
    if (rate.by() != null) {
      Summary overall = requireNonNull(summaries.get(Lookback.overall(rate)));
      prior = overall.smoothed(prior, rate.weight());
    }
    return summary.smoothed(prior, rate.weight());
  }

  /** A sum of floats may be beyond them; an infinity would make a model's answer undefined. */
  private static float saturated(double value) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
  }

  private Map<Lookback, Summary> summaries(Arrival.OfEvent event) {
    long time = event.row().eventTime().toEpochMilli();
    Map<Lookback, Summary> summaries = new HashMap<>();
    plan.lookbacks()
        .forEach(
            (lane, lookbacks) -> {
              for (Lookback each : lookbacks) {
                summaries.put(each, new Summary(time, each.windowMillis(), plan.depth(each)));
              }
              lane.scope(event.keys())
                  .ifPresent(scope -> look(scope, lane, event, time, summaries));
            });
    return summaries;
  }

  private void look(
      String scope, Lane lane, Arrival.OfEvent event, long time, Map<Lookback, Summary> summaries) {
    List<Lookback> lookbacks = plan.lookbacks().getOrDefault(lane, List.of());
    long window = lookbacks.stream().mapToLong(Lookback::windowMillis).max().orElse(0);
    boolean isAll = lookbacks.stream().anyMatch(each -> plan.depth(each).isAll());
    long step = isAll ? window : Math.max(1, window / FIRST_LOOKS);
    boolean hasOwn =
        lane.over() == Source.LABELS && history.labelTime(event.eventId()).orElse(time) < time;
    history.latestFirst(
        scope,
        time - window + 1,
        time,
        step,
        entry -> {
          boolean isOwn = hasOwn && entry.id().equals(event.eventId());
          return isOwn || takeAll(entry, lookbacks, summaries);
        });
  }

  private boolean takeAll(
      Timeline.Entry entry, List<Lookback> lookbacks, Map<Lookback, Summary> summaries) {
    boolean wantsMore = false;
    for (Lookback each : lookbacks) {
      Summary summary = requireNonNull(summaries.get(each));
      wantsMore |= summary.take(entry.time(), value(each, entry.value()));
    }
    return wantsMore;
  }

  private double value(Lookback lookback, byte[] value) {
    if (lookback.field() != null) {
      int place = plan.numbers().indexOf(lookback.field());
      return ByteBuffer.wrap(value).getDouble(place * Double.BYTES);
    }
    return lookback.scope().over() == Source.LABELS ? ByteBuffer.wrap(value).getDouble() : 0;
  }
}
