package dev.weir.testkit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.testkit.events.Event.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MANY = 20_000;
  private static final Faults SOME = new Faults(0.1, 0.05, 0.02, 0.2, 0);

  private static EventStream stream(Drift drift, Faults faults) {
    return EventStream.of(StreamRules.of(7, MANY, START).with(drift).with(faults));
  }

  @Test
  void theSameSeedGivesTheSameRecordsAndAnotherOneOthers() {
    StreamRules rules = StreamRules.of(7, 100, START).with(SOME);
    assertThat(EventStream.of(rules).records()).isEqualTo(EventStream.of(rules).records());
    assertThat(EventStream.of(StreamRules.of(8, 100, START).with(SOME)).records())
        .isNotEqualTo(EventStream.of(rules).records());
  }

  @Test
  void labelsFollowTheTrueProbabilities() {
    List<Event> events = stream(Drift.none(), Faults.none()).events();
    // Five standard errors of the largest cell: 5 · √(0.25 / 2000) = 0.056.
    for (int tenth = 0; tenth < 10; tenth++) {
      int low = tenth;
      List<Event> cell = events.stream().filter(e -> (int) (10 * e.amount()) == low).toList();
      assertThat(cell.stream().mapToInt(Event::label).average().orElseThrow())
          .isCloseTo(0.1 + 0.8 * (tenth + 0.5) / 10, within(0.056));
    }
  }

  @Test
  void theTrueProbabilityRanksAsTheJavadocSays() {
    List<Event> events = new ArrayList<>(stream(Drift.none(), Faults.none()).events());
    events.sort(Comparator.comparingDouble(Event::probability));
    long zeros = 0;
    long won = 0;
    for (Event event : events) {
      if (event.label() == 1) {
        won += zeros;
      } else {
        zeros++;
      }
    }
    double auc = won / (double) (zeros * (events.size() - zeros));
    // Standard error about 0.0034 (Hanley and McNeil, 1982).
    assertThat(auc).isCloseTo(23.0 / 30, within(0.017));
  }

  @Test
  void conceptDriftTurnsLabelsAroundAndLeavesAmounts() {
    List<Event> events = stream(Drift.abrupt(Drift.What.CONCEPT, MANY / 2), Faults.none()).events();
    assertThat(slope(events.subList(0, MANY / 2))).isCloseTo(0.8, within(1e-9));
    assertThat(slope(events.subList(MANY / 2, MANY))).isCloseTo(-0.8, within(1e-9));
    assertThat(meanAmount(events.subList(MANY / 2, MANY))).isCloseTo(0.5, within(0.015));
  }

  @Test
  void covariateDriftMovesAmountsAndLeavesTheLabelGivenTheAmount() {
    List<Event> events =
        stream(Drift.abrupt(Drift.What.COVARIATE, MANY / 2), Faults.none()).events();
    assertThat(meanAmount(events.subList(0, MANY / 2))).isCloseTo(0.5, within(0.015));
    assertThat(meanAmount(events.subList(MANY / 2, MANY))).isCloseTo(0.75, within(0.015));
    assertThat(slope(events.subList(MANY / 2, MANY))).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void gradualDriftRisesInAStraightLine() {
    Drift drift = new Drift(Drift.What.CONCEPT, 100, 300);
    assertThat(List.of(drift.share(99), drift.share(100), drift.share(200), drift.share(300)))
        .containsExactly(0.0, 0.0, 0.5, 1.0);
  }

  @Test
  void faultsComeAsOftenAsAskedAndShowInTheRecords() {
    EventStream stream = stream(Drift.none(), SOME);
    assertThat(stream.count(Fate.MISSING) / (double) MANY).isCloseTo(0.1, within(0.011));
    assertThat(stream.count(Fate.LATE) / (double) MANY).isCloseTo(0.05, within(0.008));
    assertThat(stream.count(Fate.UNKNOWN) / (double) MANY).isCloseTo(0.02, within(0.005));
    long labels = stream.records().stream().distinct().filter(UserRecord::isLabel).count();
    long features = stream.records().stream().distinct().count() - labels;
    assertThat(labels).isEqualTo(MANY - stream.count(Fate.MISSING));
    assertThat(features).isEqualTo(MANY - stream.count(Fate.UNKNOWN));
    assertThat(stream.copies() / (double) (labels + features)).isCloseTo(0.2, within(0.011));
  }

  @Test
  void onlyLateLabelsAreLate() {
    assertThat(stream(Drift.none(), SOME).events())
        .allMatch(
            e ->
                Duration.between(e.time(), e.labelTime()).compareTo(Duration.ofHours(2)) > 0
                    == (e.fate() == Fate.LATE));
  }

  @Test
  void recordsComeInTheOrderOfTimeAndUnderDisorderNoFurtherOffThanAsked() {
    List<UserRecord> ordered = stream(Drift.none(), Faults.none()).records();
    assertThat(ordered).isSortedAccordingTo(Comparator.comparing(UserRecord::time));
    List<UserRecord> records =
        stream(Drift.none(), new Faults(0, 0, 0, 0, 5)).records().subList(0, 1000);
    assertThat(records).isNotEqualTo(ordered.subList(0, 1000));
    for (int i = 0; i < records.size(); i++) {
      assertThat(ordered.subList(Math.max(0, i - 5), i + 6)).contains(records.get(i));
    }
  }

  @Test
  void impossibleFaultsAreRefused() {
    assertThatThrownBy(() -> new Faults(0.5, 0.5, 0.1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 1");
  }

  private static double slope(List<Event> events) {
    Event low = events.stream().min(Comparator.comparingDouble(Event::amount)).orElseThrow();
    Event high = events.stream().max(Comparator.comparingDouble(Event::amount)).orElseThrow();
    return (high.probability() - low.probability()) / (high.amount() - low.amount());
  }

  private static double meanAmount(List<Event> events) {
    return events.stream().mapToDouble(Event::amount).average().orElseThrow();
  }
}
