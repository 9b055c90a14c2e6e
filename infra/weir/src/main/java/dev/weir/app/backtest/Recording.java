package dev.weir.app.backtest;

import dev.weir.app.csv.CsvException;
import dev.weir.app.csv.CsvFile;
import dev.weir.app.driver.TimedRecord;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.RecordFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file as the records that producers would have sent, in the order of event time; all
 * of them in memory.
 *
 * @param ids of the events, in order, those of copies included
 * @param features one record per row
 * @param labels one record per row with a label, in the order of label time
 * @param assumptions what the file does not say and was assumed, in words
 */
record Recording(
    List<String> ids,
    List<TimedRecord> features,
    List<TimedRecord> labels,
    List<String> assumptions) {

  private record Row(
      String id,
      Instant time,
      byte[] json,
      @Nullable Map<String, Object> label,
      @Nullable Instant labelTime) {}

  /** Returns the time of the first record. */
  Instant first() {
    Instant feature = features.get(0).time();
    Instant label = labels.isEmpty() ? feature : labels.get(0).time();
    return label.isBefore(feature) ? label : feature;
  }

  /** Returns the time of the last record. */
  Instant last() {
    Instant feature = features.get(features.size() - 1).time();
    Instant label = labels.isEmpty() ? feature : labels.get(labels.size() - 1).time();
    return label.isAfter(feature) ? label : feature;
  }

  /**
   * Reads a file.
   *
   * @throws CsvException if it cannot be used as the spec needs; the message names file, line and
   *     column
   */
  static Recording read(Question question, ModelSpec spec) throws IOException {
    requireJson(spec.events());
    Reader reader = new Reader(question, spec);
    CsvFile.read(question.data(), reader::begin);
    return reader.end();
  }

  private static void requireJson(Events events) {
    if (!events.features().format().equals(RecordFormat.JSON)
        || !events.labels().format().equals(RecordFormat.JSON)) {
      throw new CsvException(
          "a backtest writes plain JSON; the spec's topics have another format or an envelope: take"
              + " format, envelope and schema out of a copy of the spec");
    }
  }

  /** Takes in the rows, then puts them in order. */
  private static final class Reader {
    private final Question question;
    private final ModelSpec spec;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> assumptions = new ArrayList<>();
    private @Nullable LabelColumns labels;
    private boolean hasLabelTimes;

    Reader(Question question, ModelSpec spec) {
      this.question = question;
      this.spec = spec;
    }

    CsvFile.Rows begin(List<String> header) {
      Events events = spec.events();
      String source = question.data().toString();
      FieldColumns fields = new FieldColumns(source, header, spec);
      LabelColumns labelColumns = new LabelColumns(question, header, events.labels().label());
      labels = labelColumns;
      RowTimes times = RowTimes.of(question, header, events.features().time());
      int labelTimeAt =
          question.labelsAfter() == null ? header.indexOf(events.labels().time()) : -1;
      hasLabelTimes = labelTimeAt >= 0;
      RowTimes labelTimes = new RowTimes.Column(question, events.labels().time(), labelTimeAt);
      int idAt = header.indexOf(events.features().id());
      assume(idAt, times);
      return (cells, line) -> {
        String id = idAt < 0 ? Integer.toString(rows.size() + 1) : id(cells.get(idAt), line);
        Instant time = times.of(cells, rows.size() + 1L, line);
        Map<String, Object> json = new LinkedHashMap<>();
        fields.add(cells, line, json);
        json.put(events.features().id(), id);
        json.put(events.features().time(), time.toString());
        Map<String, Object> label = labelColumns.of(cells, line);
        Instant labelTime =
            label == null || !hasLabelTimes ? null : labelTimes.of(cells, rows.size() + 1L, line);
        rows.add(new Row(id, time, Json.write(json), label, labelTime));
      };
    }

    private String id(String cell, long line) {
      if (cell.isEmpty()) {
        throw new CsvException(
            question.data()
                + ":"
                + line
                + ": column '"
                + spec.events().features().id()
                + "' is empty; each row needs its id");
      }
      return cell;
    }

    private void assume(int idAt, RowTimes times) {
      if (idAt < 0) {
        String id = spec.events().features().id();
        assumptions.add("no column '" + id + "': ids are row numbers");
      }
      if (!times.assumption().isEmpty()) {
        assumptions.add(times.assumption());
      }
      if (question.labelsAfter() != null) {
        assumptions.add("a label is known " + question.labelsAfter() + " after its event");
      } else if (!hasLabelTimes) {
        assumptions.add(
            "no column '"
                + spec.events().labels().time()
                + "': a label is known just before the next row (--labels-after)");
      }
    }

    Recording end() {
      if (labels != null) {
        labels.finish();
      }
      rows.sort(Comparator.comparing(Row::time));
      List<String> ids = rows.stream().map(Row::id).toList();
      Events events = spec.events();
      String topic = events.features().topic();
      List<TimedRecord> features =
          rows.stream().map(r -> new TimedRecord(topic, r.time(), key(r), r.json())).toList();
      return new Recording(ids, features, labels(events), List.copyOf(assumptions));
    }

    private List<TimedRecord> labels(Events events) {
      List<TimedRecord> records = new ArrayList<>();
      Instant next = afterLast();
      for (int i = rows.size() - 1; i >= 0; i--) {
        Row row = rows.get(i);
        if (i + 1 < rows.size() && rows.get(i + 1).time().isAfter(row.time())) {
          next = rows.get(i + 1).time();
        }
        if (row.label() != null) {
          records.add(label(row, row.label(), labelTime(row, next.minusMillis(1)), events));
        }
      }
      Collections.reverse(records);
      records.sort(Comparator.comparing(TimedRecord::time));
      return records;
    }

    /** The last row has no next one: it is taken to be as far away as the one before. */
    private Instant afterLast() {
      Instant last = rows.get(rows.size() - 1).time();
      for (int i = rows.size() - 2; i >= 0; i--) {
        if (rows.get(i).time().isBefore(last)) {
          return last.plus(Duration.between(rows.get(i).time(), last));
        }
      }
      return last.plusMillis(1);
    }

    private Instant labelTime(Row row, Instant justBeforeNext) {
      if (row.labelTime() != null) {
        return row.labelTime();
      }
      return question.labelsAfter() == null
          ? justBeforeNext
          : row.time().plus(question.labelsAfter());
    }

    private static TimedRecord label(
        Row row, Map<String, Object> label, Instant time, Events events) {
      Map<String, Object> json = new LinkedHashMap<>(label);
      json.put(events.labels().id(), row.id());
      json.put(events.labels().time(), time.toString());
      return new TimedRecord(events.labels().topic(), time, key(row), Json.write(json));
    }

    private static byte[] key(Row row) {
      return row.id().getBytes(StandardCharsets.UTF_8);
    }
  }
}
