package dev.weir.app.stack;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the trainer of a stack from restricted group attributes by the broker's access lists. It
 * guards against what the trainer's code may do, not against other code in the same process.
 */
final class GroupAccess {
  private static final String TRAINER = "trainer";
  private static final String PRINCIPAL = "User:" + TRAINER;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AclBindingFilter OF_TRAINER =
      new AclBindingFilter(
          ResourcePatternFilter.ANY,
          new AccessControlEntryFilter(PRINCIPAL, null, AclOperation.ANY, AclPermissionType.ANY));

  private GroupAccess() {}

  /** Returns the users that the broker must tell from everybody else. */
  static Set<String> users(ModelSpec spec) {
    return spec.events().groups() == null ? Set.of() : Set.of(TRAINER);
  }

  /** Returns the client settings of the trainer: its own, or everybody's. */
  static Map<String, Object> trainer(
      EmbeddedBroker broker, ModelSpec spec, Map<String, Object> everybody) {
    return users(spec).isEmpty() ? everybody : broker.clientOf(TRAINER);
  }

  /**
   * Denies the trainer what it must not read, and nothing that was denied by an earlier policy; the
   * broker knows it when this returns.
   *
   * @param specs the model's specs, by the names of their topics
   */
  static void settle(Admin admin, Map<TopicNames, ModelSpec> specs, Policy policy)
      throws InterruptedException {
    Set<AclBinding> denied = new HashSet<>();
    specs.forEach(
        (names, spec) -> {
          Events.GroupSource groups = spec.events().groups();
          if (groups != null) {
            denied(names, groups, policy.mitigation()).forEach(topic -> denied.add(deny(topic)));
          }
        });
    if (denied.isEmpty()) {
      return;
    }
    try {
      admin.deleteAcls(List.of(OF_TRAINER)).all().get();
      admin.createAcls(denied).all().get();
      awaitKnown(admin, denied);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the broker does not take the access lists of restricted groups: " + denied,
          e.getCause());
    }
  }

  /** What a mitigation reads is the values that ingest has checked. */
  private static List<String> denied(
      TopicNames names, Events.GroupSource groups, @Nullable Mitigation mitigation) {
    List<String> topics =
        new ArrayList<>(List.of(groups.topic(), names.of(Topics.GROUP_DEAD_LETTERS)));
    boolean isRead =
        mitigation != null
            && Stream.of(Mitigation.Method.values())
                .anyMatch(m -> !m.usesGroupAtDecision() && mitigation.allows(m));
    if (!isRead) {
      topics.add(names.of(Topics.GROUP_VALUES));
    }
    return topics;
  }

  private static AclBinding deny(String topic) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry(PRINCIPAL, "*", AclOperation.ALL, AclPermissionType.DENY));
  }

  /** A broker answers before its authorizer has learned of the change. */
  private static void awaitKnown(Admin admin, Set<AclBinding> denied)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Collection<AclBinding> known = admin.describeAcls(OF_TRAINER).values().get();
      if (Set.copyOf(known).equals(denied)) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "after " + PATIENCE + " the broker knows " + known + " of " + denied);
      }
    }
  }
}
