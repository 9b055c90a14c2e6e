package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.pipeline.monitor.Watching.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Groups a and b, a half of the rows each, selected at the same rate. */
class GroupFairnessTest {
  private final Watching stream = new Watching(15, 1);

  private static Monitor begun(ModelSpec spec) {
    Monitor monitor = new GroupFairness(spec);
    monitor.champion(1, null);
    return monitor;
  }

  private static ModelSpec grouped(String groups) {
    String text = MonitorStateTest.spec().text();
    return SpecReader.parse("m", text.replace("groups:\n  - {name: branch}\n", groups));
  }

  @Test
  void groupsThatAreTreatedAlikeAreReportedAndNoNews() {
    Monitor monitor = begun(MonitorStateTest.spec());

    List<Signal> signals = stream.hours(300, monitor, Watching.REFERENCE, Shape.PLAIN);

    assertThat(Alarms.in(signals)).isEmpty();
    assertThat(signals).extracting(Signal::kind).containsOnly("fairness");
    Signal selection = Alarms.last(signals, "selectionRate by branch");
    assertThat(Alarms.fact(selection, "groups")).isEqualTo(2);
    assertThat(Alarms.fact(selection, "lowestRate")).isCloseTo(0.5, within(0.02));
    // Ten groups at most make 45 pairs, for each of three rates.
    assertThat(Alarms.fact(selection, "evidenceNeeded")).isCloseTo(45 * 3 / 0.01, within(1e-6));
  }

  @Test
  void aGapBeyondTheToleranceAlarmsOncePerChampionAndRate() {
    Monitor monitor = begun(MonitorStateTest.spec());

    List<Signal> signals = stream.hours(60, monitor, Watching.REFERENCE, Shape.PLAIN.unfair(0.3));

    List<Signal> alarms = signals.stream().filter(Signal::isAlarm).toList();
    assertThat(alarms)
        .extracting(Signal::signal)
        .containsExactly(
            "selectionRate by branch: a and b",
            "truePositiveRate by branch: a and b",
            "falsePositiveRate by branch: a and b");
    assertThat(Alarms.fact(alarms.get(0), "evidence")).isGreaterThan(13_500);
    monitor.champion(2, null);
    assertThat(Alarms.in(stream.hours(60, monitor, Watching.REFERENCE, Shape.PLAIN))).isEmpty();
  }

  @Test
  void declaredGroupsWithoutARowAndRowsOfOthersAreStated() {
    Monitor monitor =
        begun(grouped("groups:\n  - {name: branch, classes: {a: [a], c: [c], d: [d]}}\n"));

    List<Signal> signals = stream.hours(10, monitor, Watching.REFERENCE, Shape.PLAIN);

    assertThat(signals)
        .extracting(Signal::signal)
        .contains(
            "branch: c has no row of selectionRate",
            "branch: d has no row of truePositiveRate",
            "branch: rows in groups that are not compared");
    Signal selection = Alarms.last(signals, "selectionRate by branch");
    assertThat(Alarms.fact(selection, "evidenceNeeded")).isCloseTo(3 * 3 / 0.01, within(1e-6));
    assertThat(Alarms.fact(selection, "groups")).isEqualTo(1);
  }

  @Test
  void withoutGroupsItSaysSo() {
    List<Signal> signals = stream.hours(10, begun(grouped("")), Watching.REFERENCE, Shape.PLAIN);

    assertThat(signals).extracting(Signal::signal).containsExactly("no groups are declared");
  }

  @Test
  void moreGroupsThanAskedForRowsWithoutOneAndWithoutADecisionAreStated() {
    Monitor monitor = begun(MonitorStateTest.spec("monitors: {fairness: {mostGroups: 2}}\n"));
    for (int i = 0; i < 1000; i++) {
      Map<String, String> groups = i % 4 == 3 ? Map.of() : Map.of("branch", "g" + i % 4);
      monitor.outcome(outcome(i, i % 10 == 0 ? null : true, groups));
    }

    List<Signal> signals = monitor.tick(Watching.START);

    String unwatched = "branch: rows in groups that are not compared";
    assertThat(Alarms.fact(Alarms.last(signals, unwatched), "rows")).isEqualTo(200);
    assertThat(Alarms.fact(Alarms.last(signals, "branch: rows without a group"), "rows"))
        .isEqualTo(250);
    assertThat(Alarms.fact(Alarms.last(signals, "predictions without a decision"), "rows"))
        .isEqualTo(100);
  }

  @Test
  void soManyDeclaredGroupsThatTheirPairsWouldNotFitAreNotAllCompared() {
    StringBuilder classes = new StringBuilder();
    for (int i = 10; i < 70; i++) {
      classes.append(i == 10 ? "" : ", ").append("g").append(i).append(": [x").append(i);
      classes.append("]");
    }
    Monitor monitor = begun(grouped("groups:\n  - {name: branch, classes: {" + classes + "}}\n"));
    for (int i = 0; i < 6000; i++) {
      monitor.outcome(outcome(i, i % 3 == 0, Map.of("branch", "g" + (10 + i % 60))));
    }

    List<Signal> signals = monitor.tick(Watching.START);

    // 32 groups make 496 pairs; the rows of the other 28 are stated.
    String unwatched = "branch: rows in groups that are not compared";
    assertThat(Alarms.fact(Alarms.last(signals, unwatched), "rows")).isEqualTo(2800);
    assertThat(monitor.toBytes()).hasSizeLessThan(900_000);
  }

  @Test
  void evidenceUnderOtherTermsIsForgotten() {
    Monitor lax = begun(MonitorStateTest.spec("monitors: {fairness: {tolerance: 0.1}}\n"));
    stream.hours(60, lax, Watching.REFERENCE, Shape.PLAIN.unfair(0.3));
    Monitor strict = new GroupFairness(MonitorStateTest.spec());

    strict.restore(lax.toBytes());

    assertThat(strict.tick(Watching.START)).isEmpty();
  }

  private static Watched outcome(int i, @Nullable Boolean isSelected, Map<String, String> groups) {
    return new Watched(
        "o" + i,
        1,
        ServingRole.CHAMPION,
        0.5,
        isSelected,
        1,
        Watching.START,
        Watching.START,
        groups);
  }
}
