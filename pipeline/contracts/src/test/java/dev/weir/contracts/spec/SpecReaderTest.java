package dev.weir.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
  private static final String TEXT = Samples.resource("spec/weir.yaml");

  @Test
  void everyKeyArrives() {
    ModelSpec spec = SpecReader.parse("weir.yaml", TEXT);

    assertThat(spec.model()).isEqualTo("claims");
    assertThat(spec.version()).isEqualTo(3);
    assertThat(spec.events())
        .isEqualTo(
            new Events(
                new Events.FeatureSource("claims.filed", "claimId", "filedAt", "customer"),
                new Events.LabelSource("claims.settled", "claimId", "settledAt", "isFraud"),
                Duration.ofDays(30),
                new MissingLabels(0.0, MissingLabels.Decision.NEGATIVE),
                OnConflict.LAST,
                new Events.ErasureSource("customers"),
                Duration.ofMinutes(10),
                Duration.ofHours(12)));
    assertThat(spec.features())
        .containsExactly(
            new FeatureSpec.Number("amount", "amountEuro"),
            new FeatureSpec.Number("age", "age"),
            new FeatureSpec.Category("branch", "office", List.of("1", "02", "north", "no")),
            new FeatureSpec.TimePart("hour", FeatureSpec.Part.HOUR_OF_DAY),
            new FeatureSpec.TimePart("weekday", FeatureSpec.Part.DAY_OF_WEEK),
            new FeatureSpec.KnownLabelRate("recent", Duration.ofHours(6), "office", 0.25, 20),
            new FeatureSpec.KnownLabelRate("overall", Duration.ofHours(24), null, 0.5, 10));
    assertThat(spec.groups())
        .containsExactly(
            new GroupSpec(
                "region",
                "office",
                Map.of("north", List.of("north", "02"), "south", List.of("1")),
                "elsewhere"),
            new GroupSpec("sex", "sex", Map.of(), null));
    assertThat(spec.training())
        .isEqualTo(
            new Training(List.of(32, 16), 0.2, false, 0.01, 0.001, 128, 30, 4, 0.2, 0.3, 42));
    assertThat(spec.decisionThreshold()).isEqualTo(new DecisionThreshold.Fixed(0.6));
    assertThat(spec.triggers())
        .isEqualTo(
            new Triggers(
                new Triggers.OnVolume(500, 6000, 700, Duration.ofHours(5)),
                new Triggers.OnDrift(
                    0.01,
                    Set.of(Triggers.DriftSignal.RESIDUAL, Triggers.DriftSignal.PREDICTION),
                    100,
                    400,
                    Duration.ofHours(36)),
                new TreeMap<>(
                    Map.of(
                        Triggers.AlarmKind.PERFORMANCE,
                        new Triggers.Pace(50, 400, Duration.ofHours(36)),
                        Triggers.AlarmKind.FAIRNESS,
                        new Triggers.Pace(100, 800, Duration.ofDays(2)))),
                new Triggers.OnSchedule(
                    Duration.ofDays(7), new Triggers.Pace(10, 400, Duration.ofHours(36))),
                new Triggers.Pace(40, 400, Duration.ZERO),
                new Triggers.Economy(0.02, 3, 2)));
    assertThat(spec.triggers().longestWindow()).isEqualTo(800);
    assertThat(spec.monitors())
        .isEqualTo(
            new Monitoring(
                Set.of(Monitoring.Kind.DRIFT, Monitoring.Kind.QUALITY, Monitoring.Kind.FAIRNESS),
                0.05,
                new Monitoring.Drift(2000, 0.25),
                new Monitoring.Quality(3000, 0.01, Duration.ofDays(1)),
                new Monitoring.Performance(400, 0.01, 0.02, 0.03),
                new Monitoring.Fairness(600, 0.1, Set.of(Monitoring.Rate.TRUE_POSITIVE), 4)));
    assertThat(spec.rollout()).isEqualTo(new Rollout(50, 900));
    assertThat(spec.text()).isEqualTo(TEXT);
    assertThat(spec.holdOut().share()).isEqualTo(0.3);
  }

  @Test
  void defaultsFillWhatIsLeftOut() {
    ModelSpec spec = SpecReader.parse("weir.yaml", MINIMAL);

    assertThat(spec.events().labelWithin()).isEqualTo(Duration.ofDays(7));
    assertThat(spec.events().missingLabels()).isEqualTo(MissingLabels.DROPPED);
    assertThat(spec.events().onConflict()).isEqualTo(OnConflict.FIRST);
    assertThat(spec.events().erasures()).isNull();
    assertThat(spec.events().maxAhead()).isEqualTo(Duration.ofHours(1));
    assertThat(spec.events().tick()).isEqualTo(Duration.ofHours(6));
    assertThat(spec.events().features().entity()).isEqualTo("id");
    assertThat(spec.groups()).isEmpty();
    assertThat(spec.training())
        .isEqualTo(new Training(List.of(8), 0, true, 1e-3, 0, 64, 50, 5, 0.15, 0.4, 1));
    assertThat(spec.decisionThreshold()).isEqualTo(new DecisionThreshold.BaseRate());
    assertThat(spec.triggers().drift())
        .isEqualTo(new Triggers.OnDrift(0.002, 300, 1000, Duration.ofDays(1)));
    assertThat(spec.triggers())
        .isEqualTo(
            new Triggers(
                new Triggers.OnVolume(10, 0, 1000, Duration.ZERO), spec.triggers().drift()));
    assertThat(spec.monitors()).isEqualTo(Monitoring.defaults());
    assertThat(spec.rollout()).isEqualTo(new Rollout(20, 5000));
  }

  @ParameterizedTest
  @CsvSource({"PT6M, PT1H", "PT4H, PT4H", "PT5H, PT24H", "P7D, PT168H"})
  void aSlotOfTheVolumeIsATickAtLeastAndFitsDays(String tick, Duration slot) {
    String text = MINIMAL.replace("events:\n", "events:\n  tick: " + tick + "\n");

    assertThat(SpecReader.parse("weir.yaml", text).monitors().quality().slot()).isEqualTo(slot);
  }

  @Test
  void digestIgnoresCommentsAndOrderAndSeesValues() {
    String digest = SpecReader.parse("a", MINIMAL).digest();

    assertThat(SpecReader.parse("b", "# why\n" + MINIMAL).digest()).isEqualTo(digest);
    assertThat(
            SpecReader.parse("b", MINIMAL.replace("model: m\nversion: 1", "version: 1\nmodel: m"))
                .digest())
        .isEqualTo(digest);
    assertThat(SpecReader.parse("b", MINIMAL.replace("[8]", "[9]")).digest()).isNotEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "version: 3              | version: three           | 3  | string found, integer expected",
        "version: 3              | version: 0               | 3  | minimum",
        "model: claims           | model: Claims            | 2  | pattern",
        "  tick: PT12H           | `tack: PT12H`          | 19 | 'tack'",
        "  tick: PT12H           | `tick: 12 hours`       | 19 | for example PT6H",
        "  tick: PT12H           | `tick: PT0S`           | 19 | longer than zero",
        "  tick: PT12H           | `tick: \"\"`           | 19 | for example PT6H",
        "slot: P1D               | slot: PT7H               | 60 | at least as long as events.tick",
        "slot: P1D               | slot: PT17H              | 60 | must divide a day",
        "watch: [drift, quality  | watch: [drifts, quality  | 57 | /monitors/watch/0",
        "onExpiry: {label: 0}    | onExpiry: keep           | 16 | onExpiry",
        "onExpiry: {label: 0}    | `onExpiry: {label: 2}`   | 16 | onExpiry",
        "onExpiry: {label: 0}    | `onExpiry: {value: 0}`   | 16 | onExpiry",
        "observedWhen: negative  | observedWhen: selected   | 17 | observedWhen",
        "onConflict: last        | onConflict: newest       | 13 | onConflict",
        "erasures: {topic: customers} | erasures: customers  | 14 | erasures",
        "    id: claimId         | `ident: claimId`     | 7  | 'ident'",
        "name: age, type: number | name: amount, type: number | 24 | 'amount' is taken",
        "name: age, type: number | `name: age, type: tensor`  | 24 | enumeration",
        "name: age, type: number | `name: age`                | 24 | 'type'",
        "name: age, type: number | `name: age, type: category` | 24 | 'values'",
        "north, \"no\"           | `north, 7`               | 25 | integer found, string expected",
        "north, \"no\"           | `north, north`           | 25 | unique",
        "window: PT6H            | window: 6h               | 28 | no ISO-8601 duration",
        "  - {name: sex}         | `- {name: region}`     | 37 | 'region' is taken",
        "south: [\"1\"]          | `south: [north]`         | 33 | 'north' is in class",
        "  epochs: 30            | `epochs: 30.5`         | 42 | integer expected",
        "  epochs: 30            | `epochs:`              | 42 | null found",
        "decisionThreshold: 0.6  | decisionThreshold: half  | 47 | decisionThreshold",
        "every: P7D              | every: weekly            | 53 | no ISO-8601 duration",
        "every: P7D, wait        | `wait`                   | 53 | 'every'",
        "[prediction, residual]  | `[loss]`                 | 50 | enumeration",
        "{minimumExamples: 40}   | `{minimumExamples: 0}`   | 54 | minimum",
      })
  void errorNamesFileAndLine(String good, String bad, int line, String says) {
    assertThat(TEXT).contains(good);
    String text = TEXT.replaceFirst(java.util.regex.Pattern.quote(good), bad);

    assertThatThrownBy(() -> SpecReader.parse("my/weir.yaml", text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("my/weir.yaml:" + line + ":")
        .hasMessageContaining(says);
  }

  @Test
  void everyErrorHasALineOfItsOwn() {
    String text = TEXT.replace("version: 3", "version: x").replace("epochs: 30", "epochs: x");

    assertThatThrownBy(() -> SpecReader.parse("f", text))
        .message()
        .satisfies(m -> assertThat(m.lines()).hasSize(2))
        .satisfies(m -> assertThat(m).startsWith("f:3:").contains("\nf:42:"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | f:1: the file is empty",
        "'# nothing'             | f:1: the file is empty",
        "'---'                   | f:1:",
        "'just text'             | f:1:",
        "'- a\n- b'              | f:1:",
        "'a: 1\nb: [1, 2\nc: 3'  | f:3: not YAML",
        "'a: 1\na: 2'            | f:2: not YAML",
        "'a: 1\n\tb: 2'          | f:2: not YAML",
        "'a: \u0001'             | not YAML",
        "'a: *nowhere'           | not YAML",
        "'a: 1\n---\nb: 2'       | not YAML",
      })
  void whatIsNoSpecIsRefusedWithALine(String text, String says) {
    assertThatThrownBy(() -> SpecReader.parse("f", text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(says);
  }

  @Test
  void plainNoIsAText() {
    String text = MINIMAL.replace("type: number}", "type: category, values: [no, yes, on]}");

    assertThat(SpecReader.parse("f", text).features())
        .containsExactly(new FeatureSpec.Category("x", "x", List.of("no", "yes", "on")));
  }

  private static final String MINIMAL =
      """
      model: m
      version: 1
      events:
        features: {topic: a, id: id, time: t}
        labels: {topic: b, id: id, time: t, value: y}
      features:
        - {name: x, type: number}
      training:
        network: {hidden: [8]}
      triggers:
        volume: {examples: 10}
        drift: {}
      """;
}
