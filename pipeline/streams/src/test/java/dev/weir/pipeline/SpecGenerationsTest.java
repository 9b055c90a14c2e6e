package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.CutOver;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import dev.weir.testkit.gen.Gen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two specs of one model side by side, on the same records of the user. */
class SpecGenerationsTest {
  private static final ModelSpec FIRST = PipelineDriver.spec("user");
  private static final ModelSpec SECOND = GenerationDriver.second(FIRST);
  private static final int CASES = 10;
  private static final int EVENTS = 40;

  @TempDir Path directory;

  /** A record of the user's; the value may be broken. */
  private record Sent(String topic, byte[] value) {}

  @Test
  void examplesOfTwoSpecsNeverMixInOneRequest() {
    Gen.cases(
        CASES,
        41,
        gen -> {
          Path state = directory.resolve(Long.toString(gen.seed()));
          Map<String, List<Example>> examples = new TreeMap<>();
          List<TrainingRequest> requests = new ArrayList<>();
          try (GenerationDriver first = live(state);
              GenerationDriver second = shadow(state)) {
            List<GenerationDriver> both = List.of(first, second);
            int minute = 0;
            for (Sent each : records(gen)) {
              both.forEach(driver -> driver.send(each.topic(), null, each.value()));
              if (gen.intBetween(0, 4) == 0) {
                minute++;
                Tick tick = new Tick(minute, PipelineDriver.at(minute));
                both.forEach(driver -> driver.send(Topics.TICKS, "small", tick));
                both.forEach(driver -> collect(driver, both, examples, requests));
              }
            }
          }
          assertThat(requests).extracting(TrainingRequest::specDigest).contains(FIRST.digest());
          assertThat(requests).extracting(TrainingRequest::specDigest).contains(SECOND.digest());
          assertThat(requests).extracting(TrainingRequest::requestId).doesNotHaveDuplicates();
          requests.forEach(request -> assertOfOneSpec(request, examples));
        });
  }

  /** Takes what a driver has written, and lets each request fail so that the next may come. */
  private static void collect(
      GenerationDriver driver,
      List<GenerationDriver> both,
      Map<String, List<Example>> examples,
      List<TrainingRequest> requests) {
    examples
        .computeIfAbsent(driver.topic(Topics.EXAMPLES), topic -> new ArrayList<>())
        .addAll(driver.examples());
    for (TrainingRequest request : driver.read(Topics.TRAINING_REQUESTS, TrainingRequest.class)) {
      requests.add(request);
      Candidate failed =
          new Candidate(
              request,
              Candidate.Status.FAILED,
              0,
              "",
              "",
              "",
              Map.of(),
              "estimated",
              "test",
              PipelineDriver.START);
      both.forEach(each -> each.send(Topics.CANDIDATES, "small", failed));
    }
  }

  private static void assertOfOneSpec(
      TrainingRequest request, Map<String, List<Example>> examples) {
    List<OffsetRange> ranges = new ArrayList<>(request.training());
    ranges.addAll(request.evaluation());
    assertThat(ranges).isNotEmpty();
    for (OffsetRange range : ranges) {
      List<Example> named =
          examples
              .get(range.topic())
              .subList(Math.toIntExact(range.from()), Math.toIntExact(range.to()));
      assertThat(named).isNotEmpty();
      assertThat(named)
          .extracting(example -> example.row().specDigest())
          .containsOnly(request.specDigest());
    }
  }

  @Test
  void atACutOverEveryRecordIsDecidedByExactlyOneSpec() {
    Gen.cases(
        CASES,
        43,
        gen -> {
          Path state = directory.resolve(Long.toString(gen.seed()));
          List<Sent> records = records(gen);
          CutOver at =
              cutOver(
                  gen.intBetween(0, count(records, "user.features")),
                  gen.intBetween(0, count(records, "user.labels")));
          SpecGeneration retiring = SpecGeneration.first(FIRST).retiringAt(at);
          SpecGeneration next = SpecGeneration.shadow(2, SECOND).liveFrom(at);
          try (GenerationDriver former = new GenerationDriver(state, FIRST, retiring);
              GenerationDriver later = new GenerationDriver(state, SECOND, next)) {
            for (GenerationDriver driver : List.of(former, later)) {
              records.forEach(each -> driver.send(each.topic(), null, each.value()));
              ids()
                  .forEach(
                      id -> driver.send(driver.topic(Topics.PREDICTIONS), key(id), champion(id)));
            }
            assertDecidedOnce(former, later, records);
          }
        });
  }

  private static void assertDecidedOnce(
      GenerationDriver former, GenerationDriver later, List<Sent> records) {
    List<Row> before = former.rows();
    List<Row> after = later.rows();
    List<String> decided = new ArrayList<>();
    for (List<Row> rows : List.of(before, after)) {
      rows.stream()
          .filter(row -> row.origin() == Origin.STREAM)
          .forEach(row -> decided.add(row.eventId()));
    }
    assertThat(before).extracting(Row::origin).doesNotContain(Origin.SHADOW);
    assertThat(after).extracting(Row::eventId).containsAll(decided);
    assertThat(decided).containsExactlyInAnyOrderElementsOf(ids());
    assertThat(former.read(Topics.DEAD_LETTERS).size() + later.read(Topics.DEAD_LETTERS).size())
        .isEqualTo((int) records.stream().filter(SpecGenerationsTest::isBroken).count());
    List<String> outcomes = new ArrayList<>();
    former.read(Topics.OUTCOMES, Outcome.class).forEach(o -> outcomes.add(id(o)));
    later.read(Topics.OUTCOMES, Outcome.class).forEach(o -> outcomes.add(id(o)));
    assertThat(outcomes).containsExactlyInAnyOrderElementsOf(labelled());
  }

  @Test
  void aSpecInShadowAsksForItsFirstVersionWhileAnotherOneServes() {
    try (GenerationDriver second = shadow(directory)) {
      second.send(Topics.DEPLOYMENTS, "small", promoted(1, FIRST));
      for (Sent each : records(Gen.of(1))) {
        second.send(each.topic(), null, each.value());
      }
      second.send(Topics.TICKS, "small", new Tick(1, PipelineDriver.at(1)));

      List<TrainingRequest> requests = second.read(Topics.TRAINING_REQUESTS, TrainingRequest.class);
      assertThat(requests).hasSize(1);
      assertThat(requests.get(0).requestId()).isEqualTo("small-g2-0001");
      assertThat(requests.get(0).specDigest()).isEqualTo(SECOND.digest());
      assertThat(requests.get(0).training())
          .extracting(OffsetRange::topic)
          .containsExactly("weir.small.2.examples");
      assertThat(second.read(Topics.SIGNALS)).isEmpty();
      assertThat(second.read(Topics.DEAD_LETTERS)).isEmpty();
      assertThat(second.read(Topics.OUTCOMES)).isEmpty();
    }
  }

  @Test
  void aSpecInShadowIsContentOnceAVersionOfItsOwnServes() {
    try (GenerationDriver second = shadow(directory)) {
      second.send(Topics.DEPLOYMENTS, "small", promoted(2, SECOND));
      for (Sent each : records(Gen.of(1))) {
        second.send(each.topic(), null, each.value());
      }
      second.send(Topics.TICKS, "small", new Tick(1, PipelineDriver.at(1)));

      assertThat(second.read(Topics.TRAINING_REQUESTS)).isEmpty();
    }
  }

  @Test
  void aRetiringSpecAsksForNothing() {
    CutOver at = cutOver(EVENTS, EVENTS);
    SpecGeneration retiring = SpecGeneration.first(FIRST).retiringAt(at);
    try (GenerationDriver former = new GenerationDriver(directory, FIRST, retiring)) {
      for (Sent each : records(Gen.of(1))) {
        former.send(each.topic(), null, each.value());
      }
      former.send(Topics.TICKS, "small", new Tick(1, PipelineDriver.at(1)));

      assertThat(former.examples()).hasSizeGreaterThan(3);
      assertThat(former.read(Topics.TRAINING_REQUESTS)).isEmpty();
    }
  }

  private GenerationDriver live(Path state) {
    return new GenerationDriver(state, FIRST, SpecGeneration.first(FIRST));
  }

  private GenerationDriver shadow(Path state) {
    return new GenerationDriver(state, SECOND, SpecGeneration.shadow(2, SECOND));
  }

  /** Events, labels of three in four and broken records, in a random order. */
  private static List<Sent> records(Gen gen) {
    List<Sent> records = new ArrayList<>();
    String time = PipelineDriver.at(1).toString();
    for (String id : ids()) {
      records.add(new Sent("user.features", PipelineDriver.featureJson(id, time, "s")));
      if (isLabelled(id)) {
        records.add(new Sent("user.labels", PipelineDriver.labelJson(id, time, "s", 1)));
      }
    }
    for (int i = 0; i < 6; i++) {
      String topic = i % 2 == 0 ? "user.features" : "user.labels";
      records.add(new Sent(topic, PipelineDriver.bytes("{broken")));
    }
    for (int i = records.size() - 1; i > 0; i--) {
      Collections.swap(records, i, gen.intBetween(0, i));
    }
    return records;
  }

  private static List<String> ids() {
    return IntStream.range(0, EVENTS).mapToObj(i -> "e" + i).toList();
  }

  private static List<String> labelled() {
    return ids().stream().filter(SpecGenerationsTest::isLabelled).toList();
  }

  private static boolean isLabelled(String id) {
    return Integer.parseInt(id.substring(1)) % 4 != 0;
  }

  private static boolean isBroken(Sent record) {
    return record.value().length < 10;
  }

  private static int count(List<Sent> records, String topic) {
    return (int) records.stream().filter(each -> each.topic().equals(topic)).count();
  }

  private static String id(Outcome outcome) {
    return outcome.prediction().eventId();
  }

  private static byte[] key(String id) {
    return PipelineDriver.bytes(id);
  }

  private static byte[] champion(String id) {
    Prediction prediction =
        new Prediction(id, PipelineDriver.START, 1, ServingRole.CHAMPION, 0.5, Origin.STREAM, null);
    return AvroSerde.predictions().serializer().serialize("p", prediction);
  }

  private static CutOver cutOver(long features, long labels) {
    TreeMap<String, SortedMap<Integer, Long>> offsets = new TreeMap<>();
    offsets.put("user.features", new TreeMap<>(Map.of(0, features)));
    offsets.put("user.labels", new TreeMap<>(Map.of(0, labels)));
    return new CutOver(offsets, new Tick(1, PipelineDriver.START), 2, "small-g2-0001", "test");
  }

  private static Deployment promoted(int version, ModelSpec spec) {
    Certificate.Predicate predicate =
        new Certificate.Predicate(
            spec.model(),
            version,
            "r",
            spec.digest(),
            "p@1",
            "d",
            new Verdict.Pass(List.of()),
            1,
            null,
            List.of(),
            List.of(),
            null,
            null,
            "rows",
            null,
            "judging",
            "evidence",
            PipelineDriver.START);
    byte[] payload = Json.canonical(Certificate.of("o", "m", predicate));
    Envelope envelope =
        new Envelope(Envelope.IN_TOTO, Base64.getEncoder().encodeToString(payload), List.of());
    Deployment.Slot slot = new Deployment.Slot(version, "run", envelope, PipelineDriver.START);
    return new Deployment(
        spec.model(),
        version,
        slot,
        null,
        Deployment.Change.PROMOTED,
        version,
        "r",
        "test",
        PipelineDriver.START);
  }
}
