package dev.weir.app.scorecard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The table of detectors: false alarms on stationary streams, delays and misses on changes. */
public final class Scorecard {
  /** Stationary streams per line, 1,000,000 events. */
  static final int STATIONARY_STREAMS = 10;

  /** Streams per line and shape with changes. */
  static final int CHANGING_STREAMS = 100;

  private final long seed;

  /** Creates a scorecard of streams with this seed and the ones after it. */
  public Scorecard(long seed) {
    this.seed = seed;
  }

  /**
   * Returns one line of the table.
   *
   * @param source what it is measured on; the contender must take it
   */
  public Line line(Contender contender, Source source) {
    Map<Shape, Score> scores = new LinkedHashMap<>();
    for (Shape shape : Shape.values()) {
      int streams = shape == Shape.STATIONARY ? STATIONARY_STREAMS : CHANGING_STREAMS;
      scores.put(shape, Score.of(contender, source, shape, streams, seed));
    }
    return new Line(contender, source, scores);
  }

  /** Returns all lines, by source. */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Source source : Source.values()) {
      for (Contender contender : Contender.all()) {
        if (contender.takes(source)) {
          lines.add(line(contender, source));
        }
      }
    }
    return lines;
  }

  /** Returns the tables of these lines in Markdown, one per source. */
  public static List<String> markdown(List<Line> lines) {
    List<String> text = new ArrayList<>();
    for (Source source : Source.values()) {
      List<Line> own = lines.stream().filter(line -> line.source() == source).toList();
      if (!own.isEmpty()) {
        text.add(
            "### "
                + source.text().substring(0, 1).toUpperCase(Locale.ROOT)
                + source.text().substring(1));
        text.add("");
        text.add(
            "| detector | false alarms per 100,000 | abrupt: delay, missed | gradual: delay,"
                + " missed | recurring: delay, missed | further alarms per change |");
        text.add("|---|---|---|---|---|---|");
        own.forEach(line -> text.add(line.markdown()));
        text.add("");
      }
    }
    return text;
  }

  /**
   * A line of the table.
   *
   * @param contender who
   * @param source on what
   * @param scores by shape
   */
  public record Line(Contender contender, Source source, Map<Shape, Score> scores) {
    public Line {
      scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    private Score score(Shape shape) {
      Score score = scores.get(shape);
      if (score == null) {
        throw new IllegalStateException("no score for " + shape);
      }
      return score;
    }

    /** Returns the line in Markdown. */
    public String markdown() {
      StringBuilder text = new StringBuilder("| `").append(contender.text()).append("` | ");
      text.append(String.format(Locale.ROOT, "%,.1f", score(Shape.STATIONARY).alarmsPer100k()));
      int changes = 0;
      int further = 0;
      for (Shape shape : List.of(Shape.ABRUPT, Shape.GRADUAL, Shape.RECURRING)) {
        Score score = score(shape);
        OptionalInt delay = score.medianDelay();
        text.append(
            String.format(
                Locale.ROOT,
                " | %s, %.0f %%",
                delay.isPresent() ? String.format(Locale.ROOT, "%,d", delay.getAsInt()) : "–",
                100.0 * score.missed() / score.changes()));
        changes += score.changes();
        further += score.further();
      }
      return text.append(String.format(Locale.ROOT, " | %.1f |", (double) further / changes))
          .toString();
    }

    /** Returns the line for JSON; an undefined delay is null. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("detector", contender.kind().id());
      map.put("variant", contender.kind().variant());
      map.put("settings", contender.settings());
      map.put("stream", source.text());
      map.put("falseAlarmsPer100k", score(Shape.STATIONARY).alarmsPer100k());
      for (Shape shape : List.of(Shape.ABRUPT, Shape.GRADUAL, Shape.RECURRING)) {
        Score score = score(shape);
        OptionalInt delay = score.medianDelay();
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("changes", score.changes());
        one.put("medianDelay", delay.isPresent() ? delay.getAsInt() : null);
        one.put("missed", score.missed());
        one.put("furtherAlarms", score.further());
        map.put(shape.text(), one);
      }
      return map;
    }
  }
}
