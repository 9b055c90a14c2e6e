package dev.weir.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedUsersTest {
  @TempDir Path dataDir;

  @Test
  void aUserIsKeptFromWhatAListForbidsAlsoAfterARestartAndNobodyElseIs() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0, Set.of("trainer", "other"));
        Admin everybody = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      everybody
          .createTopics(
              List.of(new NewTopic("open", 1, (short) 1), new NewTopic("shut", 1, (short) 1)))
          .all()
          .get();
      everybody.createAcls(List.of(deny("shut"))).all().get();
      while (everybody.describeAcls(AclBindingFilter.ANY).values().get().isEmpty()) {
        Thread.onSpinWait();
      }
      assertIsKeptOut(broker);
      assertThat(end(everybody, "shut")).isZero();
    }
    try (EmbeddedBroker again = EmbeddedBroker.start(dataDir, 0, Set.of("trainer"))) {
      assertIsKeptOut(again);
    }
    try (EmbeddedBroker without = EmbeddedBroker.start(dataDir, 0);
        Admin everybody = Admin.create(Map.of("bootstrap.servers", without.bootstrapServers()))) {
      assertThat(end(everybody, "shut")).isZero();
      assertThatThrownBy(() -> without.clientOf("trainer"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("trainer");
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0, Set.of("trainer"))) {
      Map<String, Object> wrong = new HashMap<>(broker.clientOf("trainer"));
      wrong.computeIfPresent(
          "sasl.jaas.config",
          (key, config) -> config.toString().replaceFirst("password=\"[^\"]*", "password=\"x"));
      try (Admin admin = Admin.create(wrong)) {
        assertThatThrownBy(() -> admin.listTopics().names().get())
            .hasCauseInstanceOf(SaslAuthenticationException.class);
      }
    }
  }

  private static void assertIsKeptOut(EmbeddedBroker broker) throws Exception {
    try (Admin trainer = Admin.create(broker.clientOf("trainer"))) {
      assertThat(end(trainer, "open")).isZero();
      assertThatThrownBy(() -> end(trainer, "shut"))
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  private static long end(Admin admin, String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private static AclBinding deny(String topic) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry("User:trainer", "*", AclOperation.ALL, AclPermissionType.DENY));
  }
}
