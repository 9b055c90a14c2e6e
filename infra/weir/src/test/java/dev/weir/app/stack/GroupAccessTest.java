package dev.weir.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the broker of a stack lets read restricted group attributes. */
class GroupAccessTest {
  private static final ModelSpec SPEC =
      SpecReader.parse(
          "weir.yaml",
          """
          model: small
          version: 1
          events:
            features: {topic: f, id: id, time: at}
            labels: {topic: l, id: id, time: at, value: late}
            groups: {topic: people, id: id}
          features: [{name: x, type: number}]
          groups: [{name: sex}]
          training: {network: {hidden: [4]}}
          triggers: {volume: {examples: 3}, drift: {}}
          """);
  private static final String POLICY =
      """
      id: p
      version: 1
      alpha: 0.05
      gates:
        - {name: gap, metric: selectionRateDifference, groups: sex, within: 0.3}
      """;
  private static final String MITIGATION =
      """
      mitigation:
        methods: [METHOD]
        groups: sex
        mayUseGroupAtDecision: true
        allowedInTraining: true
      """;
  private static final TopicNames NAMES = new TopicNames("weir", "small");

  @TempDir Path directory;

  @Test
  void theTrainerIsKeptOutUnlessThePolicyHasAMitigationInTraining() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, GroupAccess.users(SPEC))) {
      Map<String, Object> everybody = Map.of("bootstrap.servers", broker.bootstrapServers());
      Map<String, Object> trainer = GroupAccess.trainer(broker, SPEC, everybody);
      try (Admin admin = Admin.create(everybody)) {
        StackTopics.create(admin, NAMES, SPEC, 1, List.of(), false);
        GroupAccess.settle(admin, Map.of(NAMES, SPEC), policy(""));
        assertThat(canRead(trainer, NAMES.of(Topics.EXAMPLES))).isTrue();
        assertIsKeptOut(trainer, "people", NAMES.of(Topics.GROUP_DEAD_LETTERS));
        assertIsKeptOut(trainer, NAMES.of(Topics.GROUP_VALUES));
        assertThat(canRead(everybody, NAMES.of(Topics.GROUP_VALUES))).isTrue();

        GroupAccess.settle(
            admin, Map.of(NAMES, SPEC), policy(MITIGATION.replace("METHOD", "reweighing")));
        assertThat(canRead(trainer, NAMES.of(Topics.GROUP_VALUES))).isTrue();
        assertIsKeptOut(trainer, "people", NAMES.of(Topics.GROUP_DEAD_LETTERS));

        GroupAccess.settle(
            admin, Map.of(NAMES, SPEC), policy(MITIGATION.replace("METHOD", "groupThresholds")));
        assertIsKeptOut(trainer, NAMES.of(Topics.GROUP_VALUES));
      }
    }
  }

  private static Policy policy(String mitigation) {
    return PolicyReader.parse("policy.yaml", POLICY + mitigation);
  }

  private static boolean canRead(Map<String, Object> client, String topic) {
    return new RangeReader(client).readAll(topic).isEmpty();
  }

  private static void assertIsKeptOut(Map<String, Object> client, String... topics) {
    for (String topic : topics) {
      assertThatThrownBy(() -> canRead(client, topic))
          .as(topic)
          .isInstanceOf(TopicAuthorizationException.class);
    }
  }
}
