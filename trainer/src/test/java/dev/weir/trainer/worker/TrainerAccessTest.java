package dev.weir.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.policy.Mitigation.Method;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.RecordWriter;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import dev.weir.testkit.await.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer on a broker whose access lists are those of the page, and no others. */
class TrainerAccessTest {
  private static final Path PAGE = Path.of("../docs/how-to/restricted-group-attributes.md");
  private static final Pattern ALLOW =
      Pattern.compile("--allow-principal (\\S+) --operation (\\S+) --(group|topic) (\\S+)");
  private static final Duration WITHIN = Duration.ofMinutes(3);

  @TempDir Path directory;
  private EmbeddedBroker broker;
  private RegistryServer server;
  private ModelRegistry registry;
  private BiasedFixture fixture;
  private Admin admin;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(directory.resolve("broker"), 0, Set.of("trainer"));
    server =
        RegistryServer.start(directory.resolve("registry"), "127.0.0.1", 0, TrainingFixture.CLOCK);
    registry = ModelRegistry.connect(server.uri());
    fixture = BiasedFixture.apart(registry, broker);
    admin = Admin.create(fixture.client());
  }

  @AfterEach
  void stop() throws Exception {
    admin.close();
    registry.close();
    server.close();
    broker.close();
  }

  @Test
  void itTrainsAndIsRefusedGroupValuesUntilTheyAreAllowed() throws Exception {
    List<String> blocks = blocks();
    List<AclBinding> lists = new ArrayList<>(nobodyElse());
    lists.addAll(allowed(blocks.get(0)));
    lists.addAll(allowed(blocks.get(1)));
    allow(lists);
    Mitigation reweighing = new Mitigation(List.of(Method.REWEIGHING), "region", false, true);
    try (TrainerWorker worker = fixture.worker(reweighing, directory.resolve("jobs"));
        RecordLoop loop = loop(worker)) {
      loop.start();
      Candidate plain = candidate(1, fixture.request());
      assertThat(plain.failure()).isNull();

      RangeReader reader = new RangeReader(fixture.trainer());
      assertThatThrownBy(() -> reader.read(fixture.regions()))
          .isInstanceOf(TopicAuthorizationException.class);
      Candidate refused = candidate(2, fixture.request(Method.REWEIGHING));
      assertThat(refused.status()).isEqualTo(Candidate.Status.FAILED);
      assertThat(refused.failure())
          .contains("the broker does not let this trainer read")
          .contains(fixture.name(Topics.GROUP_VALUES));

      lists.addAll(allowed(blocks.get(2)));
      allow(lists);
      Candidate mitigated = candidate(3, fixture.request(Method.REWEIGHING));
      assertThat(mitigated.failure()).isNull();
      assertThat(mitigated.onnxDigest()).isNotEqualTo(plain.onnxDigest());
    }
  }

  private RecordLoop loop(TrainerWorker worker) {
    return new RecordLoop(
        "weir-trainer", worker.topics(), fixture.trainer(), Duration.ofMinutes(5), worker);
  }

  private Candidate candidate(int number, TrainingRequest request) throws Exception {
    try (RecordWriter writer = new RecordWriter(fixture.client())) {
      writer.write(
          fixture.name(Topics.TRAINING_REQUESTS),
          request.model(),
          TrainingFixture.NOW,
          Json.write(request));
    }
    Await.until(
        WITHIN,
        () -> fixture.candidates().size() >= number,
        () -> "no answer to " + request.requestId());
    return fixture.candidates().get(number - 1);
  }

  private void allow(List<AclBinding> lists) throws Exception {
    admin.createAcls(lists).all().get();
    Set<AclBinding> asked = new HashSet<>(lists);
    Await.until(
        WITHIN, () -> known().containsAll(asked), () -> "the broker does not know " + asked);
  }

  private Set<AclBinding> known() {
    try {
      return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What has a list is denied to whom it does not name, so now everything else is. */
  private static List<AclBinding> nobodyElse() {
    return Stream.of(
            new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
            new ResourcePattern(ResourceType.GROUP, "*", PatternType.LITERAL),
            new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL))
        .map(all -> binding(all, "User:nobody", AclOperation.DESCRIBE))
        .toList();
  }

  private List<AclBinding> allowed(String block) {
    return ALLOW
        .matcher(block)
        .results()
        .map(
            line ->
                binding(
                    new ResourcePattern(
                        line.group(3).equals("topic") ? ResourceType.TOPIC : ResourceType.GROUP,
                        line.group(3).equals("topic") ? topic(line.group(4)) : line.group(4),
                        PatternType.LITERAL),
                    line.group(1),
                    AclOperation.fromString(line.group(2))))
        .toList();
  }

  private String topic(String onPage) {
    return onPage
        .replaceFirst("^weir\\.claims\\.", fixture.prefix + "." + fixture.spec.model() + ".")
        .replaceFirst("^weir\\.", fixture.prefix + ".");
  }

  private static AclBinding binding(
      ResourcePattern resource, String principal, AclOperation operation) {
    return new AclBinding(
        resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
  }

  private static List<String> blocks() throws IOException {
    return Pattern.compile("(?s)```\n(kafka-acls.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
