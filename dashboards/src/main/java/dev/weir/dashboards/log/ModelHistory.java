package dev.weir.dashboards.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.serde.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one model; at most so many versions and decisions. */
final class ModelHistory {
  private final String name;
  private final int most;
  private final Map<Integer, Candidate> candidates = new TreeMap<>();
  private final Map<Integer, Audit> audits = new TreeMap<>();
  private final Map<Integer, Deployment> changes = new TreeMap<>();
  private final NavigableSet<Integer> promoted = new TreeSet<>();
  private final Deque<DecisionView> decisions = new ArrayDeque<>();
  private @Nullable Deployment current;
  private @Nullable Audit lastAudit;
  private long requests;
  private long failures;
  private long alarms;
  private long dropped;
  private String lastAlarm = "";

  ModelHistory(String name, int most) {
    this.name = name;
    this.most = most;
  }

  void add(Candidate candidate) {
    if (candidate.status() == Candidate.Status.FAILED) {
      failures++;
    } else {
      keep(candidates, candidate.version(), candidate);
    }
  }

  void add(Audit audit) {
    lastAudit = audit;
    keep(audits, audit.version(), audit);
  }

  void add(Deployment deployment) {
    current = deployment;
    keep(changes, deployment.changedVersion(), deployment);
    Deployment.Slot champion = deployment.champion();
    if (champion != null) {
      promoted.add(champion.version());
    }
  }

  void add(Signal signal) {
    if (signal.isAlarm()) {
      alarms++;
      lastAlarm = signal.kind() + " " + signal.signal() + " at " + signal.eventTime();
    }
  }

  void addRequest() {
    requests++;
  }

  void add(LedgerRecord record) {
    decisions.add(
        new DecisionView(
            record.index(),
            record.hash(),
            record.entry().kind(),
            record.entry().actor(),
            record.entry().requestId(),
            record.entry().at(),
            record.entry().facts()));
    if (decisions.size() > most) {
      decisions.remove();
      dropped++;
    }
  }

  private <T> void keep(Map<Integer, T> versions, int version, T value) {
    versions.put(version, value);
    if (versions.size() > most) {
      versions.keySet().stream().findFirst().ifPresent(versions::remove);
    }
  }

  List<DecisionView> decisions() {
    return List.copyOf(decisions);
  }

  long dropped() {
    return dropped;
  }

  ModelView view() {
    Deployment now = current;
    Deployment.Slot champion = now == null ? null : now.champion();
    Deployment.Slot challenger = now == null ? null : now.challenger();
    return new ModelView(
        name,
        champion == null ? null : champion.version(),
        challenger == null ? null : challenger.version(),
        champion == null ? null : champion.since(),
        numbers().size(),
        requests,
        failures,
        alarms,
        lastAlarm,
        lastAudit == null ? null : lastAudit.verdict().answer().name());
  }

  /** The versions, newest first. */
  List<VersionView> versions() {
    return numbers().stream().sorted(Comparator.reverseOrder()).map(this::version).toList();
  }

  private NavigableSet<Integer> numbers() {
    NavigableSet<Integer> numbers = new TreeSet<>(candidates.keySet());
    numbers.addAll(audits.keySet());
    numbers.addAll(changes.keySet());
    return numbers;
  }

  private VersionView version(int version) {
    Optional<Candidate> candidate = Optional.ofNullable(candidates.get(version));
    Optional<Audit> audit = Optional.ofNullable(audits.get(version));
    Optional<Deployment> change = Optional.ofNullable(changes.get(version));
    return new VersionView(
        version,
        audit
            .map(Audit::requestId)
            .or(() -> candidate.map(c -> c.request().requestId()))
            .orElse(""),
        candidate.map(c -> c.request().trigger()).orElse(""),
        audit.map(a -> a.verdict().answer().name()).orElse(null),
        audit.map(a -> a.verdict().reasons()).orElse(List.of()),
        audit.map(ModelHistory::gates).orElse(List.of()),
        candidate.map(c -> c.metrics().get("joules")).orElse(null),
        candidate.map(Candidate::energyMethod).orElse(""),
        role(version),
        change.map(d -> d.change().name()).orElse(null),
        change.map(Deployment::reason).orElse(""),
        promoted.contains(version),
        since(version, change),
        audit.map(Audit::auditedAt).orElse(null));
  }

  private static List<JsonNode> gates(Audit audit) {
    return audit.verdict().results().stream().map(Json::tree).toList();
  }

  private String role(int version) {
    if (slot(version, true).isPresent()) {
      return "champion";
    }
    return slot(version, false).isPresent() ? "challenger" : "none";
  }

  private @Nullable Instant since(int version, Optional<Deployment> change) {
    return slot(version, true)
        .or(() -> slot(version, false))
        .map(Deployment.Slot::since)
        .or(() -> change.map(Deployment::changedAt))
        .orElse(null);
  }

  private Optional<Deployment.Slot> slot(int version, boolean isChampion) {
    Deployment now = current;
    if (now == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(isChampion ? now.champion() : now.challenger())
        .filter(slot -> slot.version() == version);
  }
}
