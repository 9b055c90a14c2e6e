package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.joinoracle.PastOracle;
import dev.weir.joinoracle.PastOracle.Arrived;
import dev.weir.testkit.gen.Gen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every statistic over events and labels, of all and of one shop, in one spec. */
class PointInTimeTest {
  private static final List<String> STATISTICS =
      List.of("count", "sum", "mean", "min", "max", "std", "last", "lag", "since-last");
  private static final long MINUTE = 60_000;
  private static final long WINDOW = 60 * MINUTE;
  private static final long SHORT_WINDOW = 13 * MINUTE;
  private static final double PRIOR = 0.3;
  private static final double WEIGHT = 2;
  private static final ModelSpec SPEC = spec();

  @TempDir Path directory;
  private int runs;

  private static ModelSpec spec() {
    String head =
        PipelineDriver.spec("user")
                .text()
                .replace("entity: shop", "entity: who")
                .split("\nfeatures:\n", 2)[0]
            + "\nfeatures:\n  - {name: own, type: number, field: amount}\n";
    StringBuilder text = new StringBuilder(head);
    for (Column column : columns()) {
      text.append("  - ").append(column.yaml()).append('\n');
    }
    text.append("training: {network: {hidden: [4]}}\n");
    text.append("triggers: {volume: {examples: 3}, drift: {}}\n");
    return SpecReader.parse("weir.yaml", text.toString());
  }

  private record Column(String statistic, boolean overLabels, boolean byShop, long window) {
    String yaml() {
      String name = statistic + overLabels + byShop + window;
      String scope = ", window: PT" + window / MINUTE + "M" + (byShop ? ", by: shop" : "");
      if (statistic.equals("rate")) {
        return "{name: " + name + ", type: knownLabelRate, prior: 0.3, weight: 2" + scope + "}";
      }
      boolean isAll = statistic.equals("countAll");
      return "{name: "
          + name
          + ", type: derived, aggregate: "
          + (isAll ? "count" : statistic)
          + ", over: "
          + (overLabels ? "labels" : "events")
          + (overLabels || isAll ? "" : ", field: amount")
          + (statistic.equals("lag") ? ", lag: 3" : "")
          + scope
          + "}";
    }

    double expected(PastOracle oracle, Arrived event) {
      return statistic.equals("rate")
          ? oracle.rate(event, byShop, window, PRIOR, WEIGHT)
          : oracle.value(event, statistic, overLabels, byShop, window);
    }
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (boolean byShop : new boolean[] {false, true}) {
      for (boolean overLabels : new boolean[] {false, true}) {
        STATISTICS.forEach(each -> columns.add(new Column(each, overLabels, byShop, WINDOW)));
        columns.add(new Column("mean", overLabels, byShop, SHORT_WINDOW));
        columns.add(new Column("lag", overLabels, byShop, SHORT_WINDOW));
      }
      columns.add(new Column("countAll", false, byShop, WINDOW));
      columns.add(new Column("rate", true, byShop, WINDOW));
      columns.add(new Column("rate", true, byShop, SHORT_WINDOW));
    }
    return columns;
  }

  @Test
  void everyFeatureIsWhatWasReadAndLayBeforeTheEvent() {
    Gen.cases(
        6,
        41,
        gen -> {
          List<Arrived> records = records(gen, 80);
          PastOracle oracle = new PastOracle();
          List<Row> rows = rows(gen, records);
          int next = 0;
          for (Arrived record : records) {
            if (oracle.isNewEvent(record)) {
              assertRow(rows.get(next++), record, oracle);
            }
            oracle.add(record);
          }
          assertThat(rows).hasSize(next);
        });
  }

  private static void assertRow(Row row, Arrived event, PastOracle oracle) {
    assertThat(row.eventId()).isEqualTo(event.id());
    List<Column> columns = columns();
    for (int i = 0; i < columns.size(); i++) {
      double expected = columns.get(i).expected(oracle, event);
      double actual = row.features().get(i + 1);
      if (Double.isNaN(expected)) {
        assertThat(actual).as("%s of %s", columns.get(i), event).isNaN();
      } else {
        assertThat(actual)
            .as("%s of %s", columns.get(i), event)
            .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @Test
  void changingALabelNeverChangesARowAtOrBeforeItsTime() {
    int[] changed = new int[1];
    Gen.cases(
        6,
        43,
        gen -> {
          List<Arrived> records = new ArrayList<>(records(gen, 40));
          List<Row> before = rows(Gen.of(1), records);
          List<Integer> labels = new ArrayList<>();
          for (int i = 0; i < records.size(); i++) {
            if (records.get(i).isLabel()) {
              labels.add(i);
            }
          }
          int flipped = gen.pick(labels);
          Arrived label = records.get(flipped);
          records.set(
              flipped,
              new Arrived(true, label.id(), label.time(), label.shop(), 1 - label.value()));
          List<Row> after = rows(Gen.of(1), records);
          assertThat(after).hasSameSizeAs(before);
          for (int i = 0; i < before.size(); i++) {
            Row row = before.get(i);
            boolean isSame = Arrays.equals(bits(row), bits(after.get(i)));
            boolean isLater = row.eventTime().toEpochMilli() > label.time();
            assertThat(isSame || isLater).as("row %s and label %s", row, label).isTrue();
            changed[0] += isSame ? 0 : 1;
          }
        });
    assertThat(changed[0]).isGreaterThan(10);
  }

  private static int[] bits(Row row) {
    int[] bits = new int[row.features().size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(row.features().get(i));
    }
    return bits;
  }

  /** Copies, ties, missing fields, labels without a shop or before their event, disorder. */
  private static List<Arrived> records(Gen gen, int events) {
    Map<Double, Arrived> ordered = new TreeMap<>();
    int minutes = gen.pick(List.of(100, 700));
    for (int i = 0; i < events; i++) {
      int minute = gen.intBetween(0, minutes);
      put(gen, ordered, false, "e" + i, minute);
      put(gen, ordered, true, "e" + i, minute + gen.intBetween(-20, 100));
      if (gen.chance(0.2)) {
        put(gen, ordered, gen.chance(0.5), "e" + i, minute + gen.intBetween(-20, 40));
      }
    }
    return List.copyOf(ordered.values());
  }

  private static void put(
      Gen gen, Map<Double, Arrived> ordered, boolean isLabel, String id, int minute) {
    String shop = gen.chance(isLabel ? 0.7 : 0.05) ? null : "s" + gen.intBetween(0, 2);
    double value =
        isLabel ? gen.intBetween(0, 1) : gen.chance(0.2) ? Double.NaN : gen.gaussian() * 50;
    long time = PipelineDriver.START.toEpochMilli() + minute * MINUTE;
    double place = minute + gen.doubleBetween(0, 40);
    ordered.put(place, new Arrived(isLabel, id, time, shop, value));
  }

  /** Ticks come in between, as late as the records allow: what is forgotten must not be missed. */
  private List<Row> rows(Gen gen, List<Arrived> records) {
    Path state = directory.resolve("run-" + runs++);
    try (PipelineDriver pipeline = PipelineDriver.upToExamples(state, SPEC)) {
      long latest = PipelineDriver.START.toEpochMilli();
      for (Arrived record : records) {
        boolean isLabel = record.isLabel();
        pipeline.send(
            isLabel ? "user.labels" : "user.features",
            PipelineDriver.bytes("any"),
            PipelineDriver.bytes(json(record)));
        latest = Math.max(latest, record.time());
        if (gen.chance(0.1)) {
          pipeline.tick((int) ((latest - PipelineDriver.START.toEpochMilli()) / MINUTE));
        }
      }
      return pipeline.rows();
    }
  }

  private static String json(Arrived record) {
    String shop = record.shop() == null ? "" : ", \"shop\": \"" + record.shop() + "\"";
    String value =
        record.isLabel()
            ? ", \"late\": " + (int) record.value()
            : Double.isNaN(record.value()) ? "" : ", \"amount\": " + record.value();
    return "{\"id\": \""
        + record.id()
        + "\", \"who\": \"w\", \"at\": \""
        + Instant.ofEpochMilli(record.time())
        + "\""
        + shop
        + value
        + "}";
  }
}
