package dev.weir.auditor;

import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;

/** What the scenes' candidates are asked for. */
final class AuditPolicies {
  static final Policy POLICY =
      PolicyReader.parse(
          "policy.yaml",
          """
          id: test
          version: 1
          alpha: 0.05
          reaudits: 0
          gates:
            - {name: ranks, metric: auc, above: 0.5}
            - {name: gap, metric: brierDifference, groups: g, within: 1, severity: warn}
            - {name: joules, metric: trainingJoules, below: 100}
          """);

  static final Policy PATIENT =
      PolicyReader.parse(
          "policy.yaml",
          """
          id: patient
          version: 1
          alpha: 0.05
          reaudits: 2
          gates:
            - {name: calibrated, metric: calibrationGap, within: 0.13}
          """);

  static final Policy PROBING =
      PolicyReader.parse(
          "policy.yaml",
          """
          id: probing
          version: 1
          alpha: 0.05
          reaudits: 0
          energy: {limitsFrom: estimated, gramsPerKilowattHour: 56, predictions: 1000}
          robustness: {noise: 0.1, adversarial: 0.2}
          leakage: {knownAfterLabel: [z]}
          explanation: {qualityRows: 40}
          gates:
            - {name: joules, metric: trainingJoules, below: 100}
            - {name: scoring joules, metric: joulesPerThousandPredictions, below: 5}
            - {name: bytes, metric: modelBytes, below: 100000}
            - {name: carbon, metric: sci, below: 1}
            - {name: worth it, metric: brierGainPerKilojoule, above: 0.1, appliesTo: later}
            - {name: leaks, metric: leakage, below: 0.95}
            - {name: noise, metric: noiseFlipRate, below: 0.2}
            - {name: missing, metric: missingFlipRate, below: 0.9, severity: warn}
            - {name: swaps, metric: swapFlipRate, below: 0.2, severity: warn}
            - {name: adversary, metric: adversarialFlipRate, below: 0.3}
            - {name: extremes, metric: outOfRangeFailures, below: 1}
            - {name: membership, metric: membershipAdvantage, below: 0.3}
            - {name: closely, metric: explanationStandardError, below: 0.001}
            - {name: whole, metric: explanationAdditivityGap, below: 0.000001}
            - {name: faithfully, metric: explanationDeletionGain, above: 0}
            - {name: stably, metric: explanationNoiseChange, below: 0.5}
            - {name: stably by background, metric: explanationBackgroundChange, below: 0.01, severity: warn}
          """);

  /** All who score above 0.5 are on one side, so the gap is as wide as can be. */
  static final Policy STRICT =
      PolicyReader.parse(
          "policy.yaml",
          """
          id: strict
          version: 1
          alpha: 0.05
          gates:
            - {name: ranks, metric: auc, above: 0.5}
            - {name: gap, metric: selectionRateDifference, groups: side, within: 0.3}
          mitigation:
            methods: [reweighing, groupThresholds]
            groups: side
            mayUseGroupAtDecision: true
            allowedInTraining: true
          """);

  static final Policy WATCHFUL =
      PolicyReader.parse(
          "policy.yaml",
          """
          id: watchful
          version: 1
          alpha: 0.05
          reaudits: 0
          gates:
            - {name: ranks, metric: auc, above: 0.5}
            - {name: hits, metric: truePositiveRate, groups: side, above: 0, severity: warn}
            - {name: unseen, metric: unobservedShare, groups: side, below: 0.2}
          """);

  /** Decisions need no label, so these gates can see what no label shows. */
  static final Policy EVEN =
      PolicyReader.parse(
          "policy.yaml",
          """
          id: even
          version: 1
          alpha: 0.05
          reaudits: 0
          gates:
            - {name: even, metric: selectionRateDifference, groups: g, within: 0.25}
            - {name: ratio, metric: selectionRateRatio, groups: g, above: 0.5, severity: warn}
            - {name: selected, metric: selectionRate}
            - {name: right, metric: accuracy, groups: g}
          """);

  private AuditPolicies() {}
}
