package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code monitors}. */
final class MonitoringReader {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final YamlDocument yaml;

  MonitoringReader(YamlDocument yaml) {
    this.yaml = yaml;
  }

  /**
   * Returns what is watched.
   *
   * @param tick the length of a tick: a slot of the volume is not shorter
   */
  Monitoring read(Duration tick) {
    Monitoring otherwise = Monitoring.defaults();
    JsonNode root = yaml.at("/monitors");
    return new Monitoring(
        chosen(root.path("watch"), Monitoring.Kind.values(), Monitoring.Kind::text),
        root.path("level").asDouble(otherwise.level()),
        drift(root.path("drift"), otherwise.drift()),
        quality(root.path("quality"), otherwise.quality(), tick),
        performance(root.path("performance"), otherwise.performance()),
        fairness(root.path("fairness"), otherwise.fairness()));
  }

  private static Monitoring.Drift drift(JsonNode node, Monitoring.Drift otherwise) {
    return new Monitoring.Drift(
        node.path("window").asInt(otherwise.window()),
        node.path("psiAbove").asDouble(otherwise.psiAbove()));
  }

  private Monitoring.Quality quality(JsonNode node, Monitoring.Quality otherwise, Duration tick) {
    return new Monitoring.Quality(
        node.path("window").asInt(otherwise.window()),
        node.path("rise").asDouble(otherwise.rise()),
        slot(tick));
  }

  private Duration slot(Duration tick) {
    String at = "/monitors/quality/slot";
    Duration slot = yaml.duration(at, defaultSlot(tick).toString());
    if (slot.compareTo(tick) < 0 && !yaml.at(at).isMissingNode() && tick.compareTo(HOUR) > 0) {
      throw yaml.error(at, "must be at least as long as events.tick, " + tick + ", was " + slot);
    }
    if (slot.compareTo(DAY) < 0 && !divides(slot, DAY)) {
      throw yaml.error(at, "must divide a day or be at least one, was " + slot);
    }
    return slot;
  }

  private static Duration defaultSlot(Duration tick) {
    if (tick.compareTo(HOUR) <= 0) {
      return HOUR;
    }
    return tick.compareTo(DAY) >= 0 || divides(tick, DAY) ? tick : DAY;
  }

  private static boolean divides(Duration part, Duration whole) {
    return whole.toMillis() % Math.max(1, part.toMillis()) == 0;
  }

  private static Monitoring.Performance performance(
      JsonNode node, Monitoring.Performance otherwise) {
    return new Monitoring.Performance(
        node.path("window").asInt(otherwise.window()),
        node.path("brierRise").asDouble(otherwise.brierRise()),
        node.path("aucFall").asDouble(otherwise.aucFall()),
        node.path("calibrationRise").asDouble(otherwise.calibrationRise()));
  }

  private static Monitoring.Fairness fairness(JsonNode node, Monitoring.Fairness otherwise) {
    return new Monitoring.Fairness(
        node.path("window").asInt(otherwise.window()),
        node.path("tolerance").asDouble(otherwise.tolerance()),
        chosen(node.path("rates"), Monitoring.Rate.values(), Monitoring.Rate::text),
        node.path("mostGroups").asInt(otherwise.mostGroups()));
  }

  /** Returns the values that a list names; all where there is no list. */
  private static <T> Set<T> chosen(JsonNode list, T[] values, Function<T, String> text) {
    List<String> named = YamlDocument.texts(list);
    return Arrays.stream(values)
        .filter(value -> list.isMissingNode() || named.contains(text.apply(value)))
        .collect(Collectors.toSet());
  }
}
