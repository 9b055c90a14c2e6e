package dev.weir.pipeline.trigger;

import static dev.weir.pipeline.trigger.TriggerScene.alarm;
import static dev.weir.pipeline.trigger.TriggerScene.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Evidence;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.serde.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each trigger fires on, and what it leaves alone. */
class RulesTest {
  private static final String BOTH =
      """
      volume: {examples: 3}
      drift: {waitForExamples: 2, window: 3, cooldown: PT1H}
      """;
  private static final String ALL =
      BOTH
          + """
            performance: {waitForExamples: 4, window: 5, cooldown: PT2H}
            fairness: {}
            quality: {window: 2}
            """;

  private static TriggerScene serving(String triggers) {
    TriggerScene scene = new TriggerScene(triggers);
    scene.tick(0, 3);
    scene.promoted(1, "small-0001");
    scene.decided.requests.clear();
    return scene;
  }

  @ParameterizedTest
  @CsvSource({
    "drift, adwin, residual",
    "drift, ks, amount",
    "drift, ks, prediction",
    "performance, brier, brier",
    "fairness, e-process, sex",
    "quality, missing, amount"
  })
  void aloneTheResidualsDriftStartsATraining(String kind, String detector, String about) {
    TriggerScene scene = serving(BOTH);
    scene.tick(60, 0, alarm(kind, detector, about));
    scene.tick(120, 9);
    assertThat(scene.decided.requests).hasSize(detector.equals("adwin") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "'[features]', ks, amount, 1",
    "'[features]', ks, prediction, 0",
    "'[prediction]', ks, prediction, 1",
    "'[prediction]', adwin, residual, 0",
    "'[residual, features]', mmd, features, 1"
  })
  void theSpecSaysWhichDriftCounts(String signals, String detector, String about, int requests) {
    TriggerScene scene = serving(BOTH.replace("drift: {", "drift: {signals: " + signals + ", "));
    scene.tick(60, 0, alarm("drift", detector, about));
    scene.tick(120, 9);
    assertThat(scene.decided.requests).hasSize(requests);
  }

  @ParameterizedTest
  @CsvSource({"performance, 4, 5, 120", "fairness, 2, 3, 60", "quality, 2, 2, 60"})
  void eachKindOfAlarmHasItsOwnPace(String kind, int wait, int window, int cooldown) {
    TriggerScene scene = serving(ALL);
    scene.tick(1, 0, alarm(kind, "d", "s"));
    scene.tick(cooldown, wait - 1);
    scene.tick(cooldown + 1, 0);
    assertThat(scene.decided.requests).isEmpty();
    scene.tick(cooldown + 2, 1);
    TrainingRequest request = scene.decided.requests.get(0);
    assertThat(request.trigger()).isEqualTo(kind);
    assertThat(request.training()).containsExactly(range(3 + wait - window, 3 + wait));
  }

  @ParameterizedTest
  @CsvSource({"performance, 120", "fairness, 60", "quality, 60"})
  void eachKindOfAlarmWaitsForItsCooldown(String kind, int cooldown) {
    TriggerScene scene = serving(ALL);
    scene.tick(1, 9, alarm(kind, "d", "s"));
    scene.tick(cooldown - 1, 9);
    assertThat(scene.decided.requests).isEmpty();
    scene.tick(cooldown, 0);
    assertThat(scene.decided.requests).hasSize(1);
  }

  @Test
  void aMeasurementIsNoAlarm() {
    TriggerScene scene = serving(ALL);
    scene.tick(60, 0, TriggerScene.signal("fairness", "e-process", "sex", false));
    scene.tick(120, 9);
    assertThat(scene.decided.requests).isEmpty();
  }

  @Test
  void aRequestCarriesTheAlarmThatRaisedIt() {
    TriggerScene scene = serving(ALL);
    Signal first = alarm("fairness", "e-process", "sex: a to b");
    scene.tick(60, 0, first, alarm("fairness", "e-process", "second"));
    scene.tick(120, 7);
    TrainingRequest request = scene.decided.requests.get(0);
    assertThat(request.reason())
        .isEqualTo(
            "e-process alarm on the sex: a to b of v1: effect 0.2500, p 0.001000; 7 examples"
                + " since");
    assertThat(request.evidence())
        .isEqualTo(
            new Evidence(
                List.of(first),
                Map.of("examples", 10.0, "freshExamples", 7.0, "waitForExamples", 2.0),
                null));
  }

  @Test
  void aPromotionAnswersAlarmsOfAllKinds() {
    TriggerScene scene = serving(ALL);
    scene.tick(60, 0, alarm("drift", "adwin", "residual"), alarm("fairness", "e", "sex"));
    scene.tick(120, 2);
    scene.promoted(2, "small-0002");
    scene.tick(500, 50);
    assertThat(scene.decided.requests)
        .extracting(TrainingRequest::trigger)
        .containsExactly("drift");
  }

  @Test
  void anAlarmWhileARequestIsOpenWaitsForTheRequestsEnd() {
    TriggerScene scene = serving(ALL + "schedule: {every: PT2H, waitForExamples: 0}");
    scene.tick(120, 0);
    scene.tick(121, 5, alarm("fairness", "e", "sex"));
    scene.tick(200, 5);
    assertThat(scene.decided.requests).hasSize(1);
    scene.blocked("small-0002");
    scene.tick(201, 0);
    assertThat(scene.decided.requests)
        .extracting(TrainingRequest::trigger)
        .containsExactly("schedule", "fairness");
  }

  @Test
  void ofSeveralThatAreDueTheFirstKindAsksAndOneRequestIsOpen() {
    TriggerScene scene = serving(ALL);
    scene.tick(
        60,
        9,
        alarm("quality", "missing", "amount"),
        alarm("performance", "brier", "brier"),
        alarm("drift", "adwin", "residual"));
    scene.tick(120, 9);
    scene.failed("small-0002");
    scene.tick(130, 9);
    scene.tick(180, 0);
    scene.failed("small-0003");
    scene.tick(300, 9);
    assertThat(scene.decided.requests)
        .extracting(TrainingRequest::trigger)
        .containsExactly("drift", "drift", "drift");
  }

  @Test
  void theScheduleCountsEventTimeFromTheLastRequest() {
    TriggerScene scene = serving(BOTH + "schedule: {every: PT10H, waitForExamples: 2, window: 4}");
    scene.tick(599, 9);
    assertThat(scene.decided.requests).isEmpty();
    scene.tick(600, 0);
    TrainingRequest request = scene.decided.requests.get(0);
    assertThat(request.trigger()).isEqualTo("schedule");
    assertThat(request.reason()).contains("PT10H since 2026-01-01T00:00:00Z").contains("9 exa");
    assertThat(request.training()).containsExactly(range(8, 12));
    assertThat(request.evidence().facts()).containsEntry("secondsSince", 36_000.0);
    scene.blocked("small-0002");
    scene.tick(1200, 1);
    assertThat(scene.decided.requests).hasSize(1);
    scene.tick(1260, 1);
    assertThat(scene.decided.requests).hasSize(2);
  }

  @Test
  void theScheduleBeginsWithTheFirstChampionWhereNoRequestWasMade() {
    TriggerScene scene = new TriggerScene(BOTH + "schedule: {every: PT10H, waitForExamples: 0}");
    scene.tick(600, 0);
    scene.promoted(7, "of an earlier life");
    scene.tick(601, 0);
    assertThat(scene.decided.requests).as("nothing to train on").isEmpty();
    scene.tick(602, 1);
    assertThat(scene.decided.requests)
        .extracting(TrainingRequest::trigger)
        .containsExactly("schedule");
  }

  @Test
  void volumeFiresAgainAfterSoManyNewExamples() {
    TriggerScene scene =
        serving(BOTH.replace("examples: 3", "examples: 3, every: 20, window: 6, cooldown: PT1H"));
    scene.tick(90, 19);
    assertThat(scene.decided.requests).isEmpty();
    scene.tick(91, 1);
    TrainingRequest request = scene.decided.requests.get(0);
    assertThat(request.trigger()).isEqualTo("volume");
    assertThat(request.reason()).isEqualTo("20 examples since the last request");
    assertThat(request.training()).containsExactly(range(17, 23));
    scene.promoted(2, "small-0002");
    scene.tick(150, 20);
    assertThat(scene.decided.requests).hasSize(1);
    scene.tick(151, 0);
    assertThat(scene.decided.requests).hasSize(2);
  }

  @Test
  void aWindowThatIsLongerThanWhatIsKeptTakesWhatIsKept() {
    TriggerScene scene = serving(BOTH);
    for (int minute = 1; minute < 20; minute++) {
      scene.tick(minute, 1);
    }
    scene.restart(BOTH.replace("window: 3", "window: 12"));
    scene.tick(60, 0, alarm("drift", "adwin", "residual"));
    scene.tick(61, 2);
    assertThat(scene.decided.requests.get(0).training()).containsExactly(range(19, 24));
  }

  @Test
  void whatAnEarlierWeirKeptIsRead() {
    TriggerState state =
        Json.read(
            "{\"examples\":9,\"requests\":4,\"openRequest\":\"small-0004\",\"hasChampion\":true,"
                + "\"alarmAt\":\"2026-01-01T00:00:00Z\",\"alarmText\":\"a\",\"countedFrom\":7,"
                + "\"lastRequestAt\":\"2026-01-01T00:00:00Z\"}",
            TriggerState.class);
    assertThat(state.requests()).isEqualTo(4);
    assertThat(state.openRequest()).isEqualTo("small-0004");
    assertThat(state.alarms()).isEmpty();
    assertThat(state.gains()).isEqualTo(Gains.none());
  }
}
