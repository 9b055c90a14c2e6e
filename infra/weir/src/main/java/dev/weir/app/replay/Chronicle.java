package dev.weir.app.replay;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that was decided so far, as the control topics tell it; not thread-safe. */
public final class Chronicle {
  final List<Signal> alarms = new ArrayList<>();
  final List<TrainingRequest> requests = new ArrayList<>();
  final List<Candidate> candidates = new ArrayList<>();
  final List<Audit> audits = new ArrayList<>();
  final List<Deployment> deployments = new ArrayList<>();

  private final Map<String, Long> seenAt = new HashMap<>();

  /** Creates an empty one. */
  public Chronicle() {}

  /** Returns the alarms, in order; a view. */
  public List<Signal> alarms() {
    return Collections.unmodifiableList(alarms);
  }

  /** Returns the candidates, failed ones included, in order; a view. */
  public List<Candidate> candidates() {
    return Collections.unmodifiableList(candidates);
  }

  /** Returns the audits, in order; a view. */
  public List<Audit> audits() {
    return Collections.unmodifiableList(audits);
  }

  /** Returns the changes of what is live, in order; a view. */
  public List<Deployment> deployments() {
    return Collections.unmodifiableList(deployments);
  }

  /** Notes when something was first seen, in nanoseconds of {@link System#nanoTime()}. */
  void see(String what) {
    seenAt.putIfAbsent(what, System.nanoTime());
  }

  /** Returns the wall seconds between two things seen, if both were. */
  public Optional<Double> secondsBetween(String from, String to) {
    Long start = seenAt.get(from);
    Long end = seenAt.get(to);
    return start == null || end == null ? Optional.empty() : Optional.of((end - start) / 1e9);
  }

  /** Returns the candidate that became a version. */
  public Optional<Candidate> candidate(int version) {
    return candidates.stream().filter(c -> c.version() == version).findFirst();
  }

  /** Returns the first audit of a request. */
  public Optional<Audit> auditOf(String requestId) {
    return audits.stream().filter(a -> a.requestId().equals(requestId)).findFirst();
  }

  /** Returns whether a request was made. */
  public boolean wasRequested(String requestId) {
    return requests.stream().anyMatch(r -> r.requestId().equals(requestId));
  }

  /** Returns whether a version ever was champion. */
  public boolean wasPromoted(int version) {
    return deployments.stream()
        .anyMatch(d -> d.change() == Deployment.Change.PROMOTED && d.changedVersion() == version);
  }

  /** Returns the promoted versions in order. */
  public List<Integer> promoted() {
    return deployments.stream()
        .filter(d -> d.change() == Deployment.Change.PROMOTED)
        .map(Deployment::changedVersion)
        .toList();
  }
}
