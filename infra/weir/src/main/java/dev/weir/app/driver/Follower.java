package dev.weir.app.driver;

import dev.weir.contracts.loop.Progress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A role that the driver waits for.
 *
 * @param progress how far it has come
 * @param topics the topics it follows
 * @param failure what stopped it, if anything did
 */
public record Follower(
    Progress progress, Set<String> topics, Supplier<Optional<Throwable>> failure) {
  public Follower {
    topics = Set.copyOf(topics);
  }
}
