package dev.weir.serving.rollout;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.spec.Rollout;
import dev.weir.statistics.sequential.BettingEProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The paired comparison of a challenger with the champion on the same labelled events.
 *
 * <p>One event gives d = (p_champion − y)² − (p_challenger − y)² ∈ [−1, 1]; d &gt; 0 speaks for the
 * challenger. A betting e-process (Waudby-Smith, Ramdas, "Estimating means of bounded random
 * variables by betting", JRSS B 2024) tests E[d] ≤ 0; it may be looked at after each pair. Pairs
 * are taken in the order of (label time, event id), so that the answer does not depend on how
 * partitions interleave.
 */
final class ShadowTrial {
  private static final Comparator<Pair> ORDER =
      Comparator.comparing(Pair::labelTime).thenComparing(Pair::eventId);

  private final Deployment.Slot champion;
  private final Deployment.Slot challenger;
  private final Rollout rules;
  private final BettingEProcess evidence = new BettingEProcess();
  private final Map<String, Outcome> halves = new HashMap<>();
  private final Set<String> paired = new HashSet<>();
  private final List<Pair> waiting = new ArrayList<>();
  private int pairs;
  private double sumOfGains;

  private record Pair(String eventId, Instant labelTime, double gain) {}

  /** What a trial says so far. */
  enum State {
    OPEN,
    BETTER,
    NOT_SHOWN
  }

  ShadowTrial(Deployment.Slot champion, Deployment.Slot challenger, Rollout rules) {
    this.champion = champion;
    this.challenger = challenger;
    this.rules = rules;
  }

  Deployment.Slot challenger() {
    return challenger;
  }

  /** Takes one outcome; of several labels of one event the first counts. */
  void observe(Outcome outcome) {
    Prediction prediction = outcome.prediction();
    if (!isOurs(prediction) || paired.contains(prediction.eventId())) {
      return;
    }
    @Nullable Outcome other = halves.get(prediction.eventId());
    if (other == null || other.prediction().role() == prediction.role()) {
      halves.putIfAbsent(prediction.eventId(), outcome);
      return;
    }
    halves.remove(prediction.eventId());
    paired.add(prediction.eventId());
    boolean isChampion = prediction.role() == ServingRole.CHAMPION;
    double gain = isChampion ? outcome.brier() - other.brier() : other.brier() - outcome.brier();
    waiting.add(new Pair(prediction.eventId(), outcome.labelTime(), gain));
  }

  private boolean isOurs(Prediction prediction) {
    Deployment.Slot slot = prediction.role() == ServingRole.CHAMPION ? champion : challenger;
    return prediction.version() == slot.version()
        && !prediction.eventTime().isBefore(challenger.since());
  }

  /** Takes the pairs that are complete into the evidence, and answers. */
  State decide() {
    waiting.sort(ORDER);
    for (Pair pair : waiting) {
      if (answer() == State.OPEN) {
        evidence.update(pair.gain());
        pairs++;
        sumOfGains += pair.gain();
      }
    }
    waiting.clear();
    return answer();
  }

  private State answer() {
    if (evidence.eValue() >= rules.promoteAtEvidence()) {
      return State.BETTER;
    }
    return pairs > rules.mostShadowLabels() ? State.NOT_SHOWN : State.OPEN;
  }

  int pairs() {
    return pairs;
  }

  double eValue() {
    return evidence.eValue();
  }

  /** Returns what it gave so far; without pairs it gave no gain. */
  Deployment.Trial found() {
    return new Deployment.Trial(pairs, pairs == 0 ? 0 : sumOfGains / pairs, eValue());
  }
}
