package dev.weir.auditor.hazard;

import dev.weir.auditor.energy.EnergyEvidence;
import dev.weir.auditor.energy.EnergyMeasurements;
import dev.weir.auditor.energy.VersionEnergy;
import dev.weir.auditor.evidence.EvidenceSource;
import dev.weir.auditor.leakage.FeatureLeakage;
import dev.weir.auditor.leakage.LeakageCheck;
import dev.weir.auditor.leakage.LeakageMeasurements;
import dev.weir.auditor.privacy.MembershipInference;
import dev.weir.auditor.privacy.PrivacyMeasurements;
import dev.weir.auditor.robustness.Attack;
import dev.weir.auditor.robustness.ExtremeInput;
import dev.weir.auditor.robustness.RobustnessCheck;
import dev.weir.auditor.robustness.RobustnessMeasurements;
import dev.weir.auditor.robustness.ScoreBand;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.ProbeTerms;
import dev.weir.contracts.serde.Json;
import dev.weir.model.explain.Scorer;
import dev.weir.statistics.interval.Estimate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Probes a candidate for what its scores of the judging rows do not show. What is cheap is always
 * done and reported; projected gradients and guesses of membership only where a gate asks for them.
 */
public final class HazardProbe {
  /** Scorings cost rows · features, and so many rows bound a rate to ± 0.02. */
  private static final int MOST_ROWS = 2000;

  /** A projected gradient costs some 64 · features scorings of each row. */
  private static final int MOST_ADVERSARIAL_ROWS = 500;

  private final Policy policy;
  private final FeatureLayout layout;
  private final double threshold;
  private final long seed;

  /**
   * Creates the probe of a candidate.
   *
   * @param policy says how hard to probe, and what for
   * @param layout what stands at each position of a row
   * @param threshold a row is decided positive when its score is ≥ this
   * @param seed of everything drawn
   */
  public HazardProbe(Policy policy, FeatureLayout layout, double threshold, long seed) {
    this.policy = policy;
    this.layout = layout;
    this.threshold = threshold;
    this.seed = seed;
  }

  /**
   * What was found.
   *
   * @param evidence for the report
   * @param scores what the report rests on, as JSON
   * @param sources for the gates
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Findings(HazardEvidence evidence, byte[] scores, List<EvidenceSource> sources) {}

  /**
   * What is known of energy before the probe.
   *
   * @param candidate what the candidate takes
   * @param champion what the champion takes; null while there is none
   * @param gain Brier gain over it; null when undefined
   */
  public record Spent(
      VersionEnergy candidate, @Nullable VersionEnergy champion, @Nullable Estimate gain) {}

  /**
   * Returns what is found.
   *
   * @param judging the rows that judge
   * @param members gives the rows that were trained on, if they are needed
   */
  public Findings probe(
      Scorer scorer, LabelledRows judging, Supplier<LabelledRows> members, Spent spent) {
    LabelledRows rows = judging.sample(MOST_ROWS, seed);
    List<FeatureLeakage> leakage = leakage(scorer, rows);
    List<HazardScores.Band> bands = new ArrayList<>();
    List<ExtremeInput> extremes = new ArrayList<>();
    if (judging.size() > 0) {
      RobustnessCheck check =
          new RobustnessCheck(scorer, layout, judging.features(), policy.probes(), seed);
      bands.addAll(bands(check, rows));
      extremes.addAll(check.extremes(rows.features()));
    }
    HazardScores.Membership membership =
        asks(Metric.MEMBERSHIP_ADVANTAGE) ? membership(scorer, rows, members.get()) : null;
    byte[] scores = Json.canonical(new HazardScores(threshold, bands, membership));
    MembershipInference.Result guessed = guessed(membership);
    EnergyMeasurements energy =
        new EnergyMeasurements(
            policy.probes().energy(), spent.candidate(), spent.champion(), spent.gain());
    List<EvidenceSource> sources = new ArrayList<>();
    sources.add(energy);
    Stream.of(
            new LeakageMeasurements(leakage),
            new RobustnessMeasurements(byAttack(bands), extremes, threshold),
            new PrivacyMeasurements(guessed))
        .map(source -> source.onAtMost(HazardProbe::most))
        .forEach(sources::add);
    return new Findings(
        new HazardEvidence(
            energy(spent, energy),
            leakage.stream().map(HazardEvidence.Leakage::of).toList(),
            robustness(bands, extremes),
            guessed,
            Sha256.hex(scores)),
        scores,
        sources);
  }

  private static long most(Metric metric) {
    return metric == Metric.ADVERSARIAL_FLIP_RATE ? MOST_ADVERSARIAL_ROWS : MOST_ROWS;
  }

  private boolean asks(Metric metric) {
    return policy.gates().stream().anyMatch(gate -> gate.metric() == metric);
  }

  private List<FeatureLeakage> leakage(Scorer scorer, LabelledRows rows) {
    return new LeakageCheck(scorer, rows.features(), rows.labels(), seed)
        .of(layout, Set.copyOf(policy.probes().knownAfterLabel()));
  }

  private List<HazardScores.Band> bands(RobustnessCheck check, LabelledRows rows) {
    LabelledRows few = rows.sample(MOST_ADVERSARIAL_ROWS, seed);
    List<HazardScores.Band> bands = new ArrayList<>();
    for (Attack attack : Attack.values()) {
      boolean isCostly = attack == Attack.ADVERSARIAL;
      if (!isCostly || asks(Metric.ADVERSARIAL_FLIP_RATE)) {
        LabelledRows attacked = isCostly ? few : rows;
        check
            .band(attack, attacked.features())
            .ifPresent(band -> bands.add(HazardScores.Band.of(attack, band, attacked.labels())));
      }
    }
    return bands;
  }

  private HazardScores.Membership membership(Scorer scorer, LabelledRows others, LabelledRows all) {
    LabelledRows members = all.sample(MOST_ROWS, seed);
    return new HazardScores.Membership(
        HazardScores.list(scorer.score(members.features())),
        HazardScores.list(members.labels()),
        HazardScores.list(scorer.score(others.features())),
        HazardScores.list(others.labels()),
        seed);
  }

  private static MembershipInference.@Nullable Result guessed(
      HazardScores.@Nullable Membership scores) {
    return scores == null
        ? null
        : MembershipInference.of(
                HazardScores.array(scores.memberScores()),
                HazardScores.array(scores.memberLabels()),
                HazardScores.array(scores.otherScores()),
                HazardScores.array(scores.otherLabels()),
                scores.seed())
            .orElse(null);
  }

  private static Map<Attack, ScoreBand> byAttack(List<HazardScores.Band> bands) {
    Map<Attack, ScoreBand> byAttack = new EnumMap<>(Attack.class);
    bands.forEach(band -> byAttack.put(band.attack(), band.scores()));
    return byAttack;
  }

  private HazardEvidence.@Nullable Robustness robustness(
      List<HazardScores.Band> bands, List<ExtremeInput> extremes) {
    ProbeTerms terms = policy.probes();
    return bands.isEmpty() && extremes.isEmpty()
        ? null
        : HazardEvidence.Robustness.of(
            terms, bands.stream().map(band -> band.result(threshold)).toList(), extremes);
  }

  private EnergyEvidence energy(Spent spent, EnergyMeasurements energy) {
    return new EnergyEvidence(
        spent.candidate(),
        spent.champion(),
        policy.probes().energy(),
        energy.gramsPerThousandPredictions().map(Estimate::value).orElse(null));
  }
}
