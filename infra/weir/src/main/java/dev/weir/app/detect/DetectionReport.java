package dev.weir.app.detect;

import dev.weir.app.detect.Detection.Event;
import dev.weir.app.detect.Detection.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A detector's run as a person and as a program reads it. */
public final class DetectionReport {
  private DetectionReport() {}

  /** Returns the run for JSON. */
  public static Map<String, Object> toMap(Detection detection, Found found) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("detector", detection.kind().id());
    map.put("variant", detection.kind().variant());
    map.put("parameters", detection.parameters());
    map.put("seed", detection.seed());
    map.put("column", found.column());
    map.put("rows", found.rows());
    map.put("missing", found.missing());
    map.put("alarms", found.alarms().stream().map(DetectionReport::toMap).toList());
    map.put("warnings", found.warnings().stream().map(DetectionReport::toMap).toList());
    return map;
  }

  private static Map<String, Object> toMap(Event event) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("index", event.index());
    map.put("line", event.line());
    if (event.time() != null) {
      map.put("time", event.time());
    }
    map.put("value", event.value());
    return map;
  }

  /** Returns the run as lines. */
  public static List<String> toLines(Detection detection, Found found) {
    List<String> lines = new ArrayList<>();
    Map<Long, String> byRow = new TreeMap<>();
    found.warnings().forEach(each -> byRow.put(each.index(), line("warning", each)));
    found.alarms().forEach(each -> byRow.put(each.index(), line("ALARM", each)));
    lines.addAll(byRow.values());
    lines.add(
        String.format(
            Locale.ROOT,
            "%s (%s) on %s: %d alarms, %d warnings in %,d rows%s",
            detection.kind().id(),
            detection.kind().variant(),
            found.column(),
            found.alarms().size(),
            found.warnings().size(),
            found.rows(),
            found.missing() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d of them without a value", found.missing())));
    return lines;
  }

  private static String line(String what, Event event) {
    return String.format(
        Locale.ROOT,
        "%-8s row %d (line %d)%s value %s",
        what,
        event.index(),
        event.line(),
        event.time() == null ? "" : " at " + event.time(),
        event.value());
  }
}
