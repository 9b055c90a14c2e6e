package dev.weir.app.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.FeatureEncoder;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** First specs of generated tables: what they guess, and that they are specs. */
class DraftTest {
  private static final int ROWS = 600;
  private static final Set<String> BINARY =
      Set.of("up", "rain", "del", "south", "married", "union", "diverted", "cancelled");
  private static final Pattern WORDS =
      Pattern.compile(
          "workclass|education|marital_status|occupation|race|sex|gender|Carrier|Origin|Dest|sector"
              + "|native_country");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SplittableRandom random = new SplittableRandom(11);

  private static Sample sample(String header, IntFunction<List<String>> row) {
    List<List<String>> rows = IntStream.range(0, ROWS).mapToObj(row).toList();
    return new Sample("some.csv", List.of(header.split(",")), rows, ROWS);
  }

  private static ModelSpec spec(Draft draft) {
    ModelSpec spec = SpecReader.parse("weir.yaml", draft.spec());
    PolicyReader.parse("policy.yaml", draft.policy());
    return spec;
  }

  private static List<String> names(ModelSpec spec) {
    return spec.features().stream().map(FeatureSpec::name).toList();
  }

  /** Claims with everything that a table can have. */
  private Sample claims() {
    return sample(
        "claimId,filedAt,settledAt,amount,office,sex,refund,closing,note,country,fraud",
        i -> {
          int fraud = random.nextInt(5) == 0 ? 1 : 0;
          Instant filed = START.plus(Duration.ofHours(i));
          boolean isOpen = i % 10 == 9;
          return List.of(
              "c-" + i,
              filed.toString(),
              isOpen ? "" : filed.plus(Duration.ofDays(1 + i % 20)).toString(),
              Double.toString(random.nextDouble()),
              List.of("north", "no", "02").get(random.nextInt(3)),
              random.nextBoolean() ? "f" : "m",
              Integer.toString(100 * (1 - fraud)),
              isOpen ? "" : Integer.toString(i % 7),
              "text " + i,
              "DE",
              isOpen ? "" : Integer.toString(fraud));
        });
  }

  @Test
  void rolesAreFound() {
    ModelSpec spec = spec(Draft.of("claims", claims(), Choice.NONE));
    assertThat(spec.events().features().id()).isEqualTo("claimId");
    assertThat(spec.events().features().time()).isEqualTo("filedAt");
    assertThat(spec.events().labels().label().text()).isEqualTo("fraud");
    assertThat(spec.events().labels().time()).isEqualTo("settledAt");
    assertThat(spec.events().labelWithin()).isEqualTo(Duration.ofDays(29));
    assertThat(spec.groups()).extracting(each -> each.name()).containsExactly("sex");
  }

  @Test
  void whatLooksLikeLeakageIsLeftOutWithItsReason() {
    Draft draft = Draft.of("claims", claims(), Choice.NONE);
    assertThat(names(spec(draft))).containsExactly("amount", "office", "hourOfDay", "dayOfWeek");
    assertThat(draft.spec())
        .contains("{name: refund, type: number}  # leakage? alone it separates the labels")
        .contains("{name: closing, type: number}  # leakage? missing only where the label is")
        .contains("left out: note: names or free text, 600 different values")
        .contains("left out: country: always DE");
  }

  @Test
  void aRowOfTheTableIsARowOfTheSpec() {
    ModelSpec spec = spec(Draft.of("claims", claims(), Choice.NONE));
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("amount", 0.25).put("office", "no").put("sex", "f");
    FeatureEncoder encoder = new FeatureEncoder(spec);
    assertThat(encoder.encode(event, START, derived -> 0).get(0)).isEqualTo(0.25f);
    assertThat(encoder.encode(event, START, derived -> 0).get(1)).isPositive();
    assertThat(encoder.groups(event)).containsEntry("sex", "f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp,day,period,nswprice,nswdemand,vicprice,vicdemand,transfer,price_up",
        "age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,"
            + "sex,capital_gain,capital_loss,hours_per_week,native_country,income",
        "FlightDate,CRSDepTime,CRSArrTime,Carrier,FlightNum,TailNum,Origin,Dest,Distance,DepDelay,"
            + "TaxiIn,ArrTime,ArrDelay,ArrDel15,Cancelled,CancellationCode,Diverted",
        "day_index,temperature,dew_point,sea_level_pressure,visibility,wind_speed,rain",
        "education,south,gender,experience,wage,age,race,occupation,sector,married,union"
      })
  void columnsAsInKnownDataSetsGiveASpec(String header) {
    List<String> columns = List.of(header.split(","));
    Sample table = sample(header, i -> columns.stream().map(column -> cell(column, i)).toList());
    ModelSpec spec = spec(Draft.of("known", table, Choice.NONE));
    assertThat(spec.features()).isNotEmpty();
    assertThat(names(spec)).doesNotContain("FlightNum", "day_index", "ArrDelay", "race", "sex");
  }

  private String cell(String column, int i) {
    if (Words.suggests(column, BINARY)) {
      return Integer.toString(random.nextInt(3) / 2);
    }
    if (column.equals("income")) {
      return random.nextBoolean() ? ">50K" : "<=50K";
    }
    if (column.equals("timestamp") || column.equals("FlightDate")) {
      String time = START.plus(Duration.ofMinutes(30L * i)).toString();
      return time.substring(0, column.equals("timestamp") ? 19 : 10);
    }
    if (column.equals("day_index")) {
      return Integer.toString(i);
    }
    return WORDS.matcher(column).matches()
        ? "w" + random.nextInt(30)
        : Integer.toString(random.nextInt(90));
  }

  @Test
  void awkwardNamesAndValuesAreQuoted() {
    Sample table =
        sample(
            "it's #1: a \"name\",é {x},yes,label",
            i ->
                List.of(
                    List.of("no", "a: b #c", "\"q\"", "null").get(i % 4),
                    Double.toString(random.nextDouble()),
                    List.of("yes", "on", "1.0").get(random.nextInt(3)),
                    Integer.toString(random.nextInt(2))));
    ModelSpec spec = spec(Draft.of("awkward", table, Choice.NONE));
    assertThat(names(spec)).contains("it's #1: a \"name\"", "é {x}", "yes");
    FeatureSpec.Category words = (FeatureSpec.Category) spec.features().get(0);
    assertThat(words.values()).containsExactlyInAnyOrder("no", "a: b #c", "\"q\"");
  }

  @Test
  void aLabelOfWordsNamesTheOneThatMeansOne() {
    Sample table =
        sample("x,churned", i -> List.of(cell("x", i), random.nextInt(4) == 0 ? "yes" : "no"));
    Draft draft = Draft.of("m", table, Choice.NONE);
    spec(draft);
    assertThat(draft.facts()).containsEntry("positive", "yes");
    assertThat(draft.spec()).contains("--positive 'yes'");
    assertThat(draft.facts()).containsEntry("label", "churned");
  }

  @Test
  void withoutTwoValuesThereIsNoLabel() {
    Sample table = sample("x,z", i -> List.of(cell("x", i), cell("z", i)));
    assertThatThrownBy(() -> Draft.of("m", table, Choice.NONE))
        .isInstanceOf(InitException.class)
        .hasMessageContaining("no column of some.csv has two values")
        .hasMessageContaining("--label");
    Choice wrong = new Choice(null, null, "x", null, List.of());
    assertThatThrownBy(() -> Draft.of("m", table, wrong))
        .isInstanceOf(InitException.class)
        .hasMessageContaining("the label x has 90 values");
  }

  @Test
  void agesBecomeClasses() {
    Sample table =
        sample(
            "age,x,y",
            i ->
                List.of(
                    Integer.toString(18 + random.nextInt(60)),
                    cell("x", i),
                    Integer.toString(random.nextInt(2))));
    ModelSpec spec = spec(Draft.of("m", table, Choice.NONE));
    assertThat(spec.groups().get(0).groupOf("39")).isEqualTo("under 40");
    assertThat(spec.groups().get(0).groupOf("40")).isEqualTo("40 and over");
  }

  @Test
  void labelsOfAnotherTopicAreJoinedById() {
    TopicSample events = new TopicSample("orders");
    TopicSample labels = new TopicSample("returns");
    for (int i = 0; i < ROWS; i++) {
      ObjectNode event = Json.mapper().createObjectNode();
      event.put("order", "o" + i).put("at", START.plus(Duration.ofHours(i)).toString());
      event.put("amount", random.nextDouble()).put("returned", "secret");
      event.putObject("nested").put("a", 1);
      int returned = random.nextInt(3) / 2;
      event.put("refund", returned * 10);
      events.add(Json.write(event));
      ObjectNode label = Json.mapper().createObjectNode();
      label.put("id", "o" + i).put("returned", returned);
      label.put("knownAt", START.plus(Duration.ofHours(i + 48L)).toString());
      labels.add(Json.write(label));
    }
    events.add("no json".getBytes(StandardCharsets.UTF_8));
    ModelSpec spec = spec(TopicDraft.of("m", events, labels, Choice.NONE));
    assertThat(events.unreadable()).isEqualTo(1);
    assertThat(events.nested()).containsExactly("nested");
    assertThat(spec.events().features().id()).isEqualTo("order");
    assertThat(spec.events().labels().id()).isEqualTo("id");
    assertThat(spec.events().labels().label().text()).isEqualTo("returned");
    assertThat(spec.events().labels().time()).isEqualTo("knownAt");
    assertThat(spec.events().labelWithin()).isEqualTo(Duration.ofDays(4));
    assertThat(names(spec)).containsExactly("amount", "hourOfDay", "dayOfWeek");
  }

  @Test
  void wordsInATopicBecomeALabelByAnExpression() {
    TopicSample events = new TopicSample("orders");
    TopicSample labels = new TopicSample("returns");
    for (int i = 0; i < ROWS; i++) {
      events.add(Json.write(Map.of("id", "o" + i, "amount", random.nextDouble())));
      labels.add(Json.write(Map.of("id", "o" + i, "returned", i % 3 == 0 ? "yes" : "no")));
    }
    ModelSpec spec = spec(TopicDraft.of("m", events, labels, Choice.NONE));
    assertThat(spec.events().labels().label().isExpression()).isTrue();
    assertThat(spec.events().labels().label().text()).isEqualTo("record[\"returned\"] == \"yes\"");
  }
}
