package dev.weir.app.demo;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that was decided so far, as the control topics tell it; not thread-safe. */
final class Chronicle {
  final List<Signal> alarms = new ArrayList<>();
  final List<TrainingRequest> requests = new ArrayList<>();
  final List<Candidate> candidates = new ArrayList<>();
  final List<Audit> audits = new ArrayList<>();
  final List<Deployment> deployments = new ArrayList<>();

  private final Map<String, Long> seenAt = new HashMap<>();

  /** Notes when something was first seen, in nanoseconds of {@link System#nanoTime()}. */
  void see(String what) {
    seenAt.putIfAbsent(what, System.nanoTime());
  }

  /** Returns the wall seconds between two things seen, if both were. */
  Optional<Double> secondsBetween(String from, String to) {
    Long start = seenAt.get(from);
    Long end = seenAt.get(to);
    return start == null || end == null ? Optional.empty() : Optional.of((end - start) / 1e9);
  }

  Optional<Candidate> candidate(int version) {
    return candidates.stream().filter(c -> c.version() == version).findFirst();
  }

  Optional<Candidate> candidateOf(String requestId) {
    return candidates.stream().filter(c -> c.request().requestId().equals(requestId)).findFirst();
  }

  Optional<Audit> auditOf(String requestId) {
    return audits.stream().filter(a -> a.requestId().equals(requestId)).findFirst();
  }

  boolean wasRequested(String requestId) {
    return requests.stream().anyMatch(r -> r.requestId().equals(requestId));
  }

  boolean wasPromoted(int version) {
    return deployments.stream()
        .anyMatch(d -> d.change() == Deployment.Change.PROMOTED && d.changedVersion() == version);
  }

  /** Returns the promoted versions in order. */
  List<Integer> promoted() {
    return deployments.stream()
        .filter(d -> d.change() == Deployment.Change.PROMOTED)
        .map(Deployment::changedVersion)
        .toList();
  }
}
