package dev.weir.serving.rollout;

import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Deployment.Change;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.spec.Rollout;
import dev.weir.serving.live.ModelLoader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What serves one model, and why: takes audits and outcomes, answers with deployments.
 *
 * <p>A refused audit leaves champion and challenger as they are. A certified version serves at once
 * where nothing serves yet, else it goes into shadow, and a challenger that is there already makes
 * room.
 */
final class ModelRollout {
  private static final Logger log = LoggerFactory.getLogger(ModelRollout.class);

  private final String model;
  private final Rollout rules;
  private final ModelLoader loader;
  private final Deque<Audit> waiting = new ArrayDeque<>();
  private final Set<String> accepted = new HashSet<>();
  private final Set<Long> remembered = new HashSet<>();
  private final Map<String, Integer> refusals = new HashMap<>();
  private final Map<Integer, String> requests = new HashMap<>();
  private @Nullable Deployment current;
  private @Nullable ShadowTrial trial;

  ModelRollout(String model, Rollout rules, ModelLoader loader) {
    this.model = model;
    this.rules = rules;
    this.loader = loader;
  }

  /** Takes over what an earlier life of this worker has decided. */
  void restore(Deployment deployment) {
    remember(deployment.requestId(), Facts.of(deployment));
    if (current == null || current.sequence() < deployment.sequence()) {
      current = deployment;
      beginTrial();
    }
  }

  /** Takes over a decision, also one whose deployment record was compacted away. */
  void remember(String requestId, Facts facts) {
    if (!remembered.add(facts.sequence())) {
      return;
    }
    requests.put(facts.version(), requestId);
    if (facts.change() == Change.REFUSED) {
      refusals.merge(requestId, 1, Integer::sum);
    } else {
      accepted.add(requestId);
    }
  }

  /**
   * Takes an audit that waits for its turn; one that an earlier life answered does not wait, and
   * one that is not the last word is not answered.
   */
  void audited(Audit audit) {
    if (!audit.isFinal()) {
      return;
    }
    int refused = refusals.getOrDefault(audit.requestId(), 0);
    if (refused > 0) {
      refusals.put(audit.requestId(), refused - 1);
    } else if (!accepted.contains(audit.requestId())) {
      waiting.add(audit);
    }
  }

  /** Takes a labelled prediction. */
  void observe(Outcome outcome) {
    if (trial != null) {
      trial.observe(outcome);
    }
  }

  /**
   * Decides what can be decided.
   *
   * @param now event time of the decisions
   * @return the changes, in order
   */
  List<Deployment> decide(Instant now) {
    List<Deployment> changes = new ArrayList<>();
    judgeTrial(now, changes);
    while (!waiting.isEmpty()) {
      Audit audit = waiting.element();
      if (!accepted.contains(audit.requestId()) && !answer(audit, now, changes)) {
        break;
      }
      waiting.remove();
    }
    return changes;
  }

  private void judgeTrial(Instant now, List<Deployment> changes) {
    ShadowTrial running = trial;
    if (running == null) {
      return;
    }
    ShadowTrial.State state = running.decide();
    if (state == ShadowTrial.State.OPEN) {
      return;
    }
    String numbers =
        String.format(
            Locale.ROOT,
            "e = %.2f after %d labels, needed e >= %s",
            running.eValue(),
            running.pairs(),
            rules.promoteAtEvidence());
    Deployment.Slot slot = running.challenger();
    String request = requests.getOrDefault(slot.version(), "");
    if (state == ShadowTrial.State.BETTER) {
      changes.add(
          change(
              Change.PROMOTED,
              at(slot, now),
              null,
              slot.version(),
              request,
              "better than the champion: " + numbers,
              now,
              running.found()));
    } else {
      changes.add(
          change(
              Change.ROLLED_BACK,
              champion(),
              null,
              slot.version(),
              request,
              "not shown to be better than the champion: " + numbers,
              now,
              running.found()));
    }
  }

  /** Answers one audit; false where the files cannot be had now, so that it stays in line. */
  private boolean answer(Audit audit, Instant now, List<Deployment> changes) {
    Deployment.Slot slot =
        new Deployment.Slot(audit.version(), audit.runId(), audit.certificate(), now);
    try {
      @Nullable String refusal = refusal(audit, slot);
      if (refusal == null) {
        accept(audit, slot, now, changes);
      } else {
        changes.add(
            change(
                Change.REFUSED,
                champion(),
                challenger(),
                audit.version(),
                audit.requestId(),
                refusal,
                now));
      }
      return true;
    } catch (IOException e) {
      log.warn(
          "files of an audited version cannot be had, will be tried again model={} version={}",
          model,
          audit.version(),
          e);
      return false;
    }
  }

  private @Nullable String refusal(Audit audit, Deployment.Slot slot) throws IOException {
    if (audit.verdict().answer() != GateResult.Answer.PASS) {
      return "audit says "
          + audit.verdict().answer()
          + ": "
          + String.join("; ", audit.verdict().reasons());
    }
    try {
      loader.check(model, slot);
      return null;
    } catch (CertificateException e) {
      return "certificate refused: " + e.getMessage();
    } catch (RuntimeException e) {
      return "model cannot be opened: " + e.getMessage();
    }
  }

  private void accept(Audit audit, Deployment.Slot slot, Instant now, List<Deployment> changes) {
    requests.put(audit.version(), audit.requestId());
    Deployment.Slot champion = champion();
    if (champion == null) {
      changes.add(
          change(
              Change.PROMOTED,
              slot,
              null,
              audit.version(),
              audit.requestId(),
              "first certified version",
              now));
      return;
    }
    Deployment.Slot old = challenger();
    if (old != null) {
      changes.add(
          change(
              Change.ROLLED_BACK,
              champion,
              null,
              old.version(),
              requests.getOrDefault(old.version(), ""),
              "replaced in shadow by version " + audit.version(),
              now));
    }
    changes.add(
        change(
            Change.SHADOWED,
            champion,
            slot,
            audit.version(),
            audit.requestId(),
            "certified, compared with version " + champion.version() + " in shadow",
            now));
  }

  private Deployment change(
      Change change,
      Deployment.@Nullable Slot champion,
      Deployment.@Nullable Slot challenger,
      int version,
      String requestId,
      String reason,
      Instant now) {
    return change(change, champion, challenger, version, requestId, reason, now, null);
  }

  private Deployment change(
      Change change,
      Deployment.@Nullable Slot champion,
      Deployment.@Nullable Slot challenger,
      int version,
      String requestId,
      String reason,
      Instant now,
      Deployment.@Nullable Trial trialFound) {
    long sequence = current == null ? 1 : current.sequence() + 1;
    Deployment next =
        new Deployment(
            model,
            sequence,
            champion,
            challenger,
            change,
            version,
            requestId,
            reason,
            now,
            trialFound,
            predecessor(change, champion));
    if (change != Change.REFUSED) {
      accepted.add(requestId);
    }
    current = next;
    if (change != Change.REFUSED) {
      beginTrial();
    }
    return next;
  }

  /** A champion of another spec goes on with the events of its own, until the next promotion. */
  private Deployment.@Nullable Slot predecessor(Change change, Deployment.@Nullable Slot next) {
    Deployment.Slot former = champion();
    if (change != Change.PROMOTED) {
      return current == null ? null : current.predecessor();
    }
    return former == null || next == null || former.specDigest().equals(next.specDigest())
        ? null
        : former;
  }

  private void beginTrial() {
    Deployment.Slot champion = champion();
    Deployment.Slot challenger = challenger();
    if (champion == null || challenger == null) {
      trial = null;
    } else if (trial == null || trial.challenger().version() != challenger.version()) {
      trial = new ShadowTrial(champion, challenger, rules);
    }
  }

  private Deployment.@Nullable Slot champion() {
    return current == null ? null : current.champion();
  }

  private Deployment.@Nullable Slot challenger() {
    return current == null ? null : current.challenger();
  }

  private static Deployment.Slot at(Deployment.Slot slot, Instant since) {
    return new Deployment.Slot(slot.version(), slot.runId(), slot.certificate(), since);
  }
}
