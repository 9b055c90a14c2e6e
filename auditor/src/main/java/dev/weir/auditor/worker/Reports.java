package dev.weir.auditor.worker;

import dev.weir.auditor.report.HtmlReport;
import dev.weir.auditor.report.ModelCard;
import dev.weir.auditor.report.Reported;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.registry.ModelRegistry;
import java.nio.charset.StandardCharsets;

/** Stores what people read of an audit with the version, and its key figures as tags. */
final class Reports {
  private final ModelSpec spec;
  private final ModelRegistry registry;

  Reports(ModelSpec spec, ModelRegistry registry) {
    this.spec = spec;
    this.registry = registry;
  }

  void upload(
      Candidate candidate,
      ModelManifest manifest,
      Certificate.Predicate certified,
      Evidence evidence) {
    Reported reported = new Reported(spec, manifest, certified, findings(evidence));
    upload(candidate, AuditWorker.REPORT_PATH, HtmlReport.of(reported));
    upload(candidate, AuditWorker.CARD_PATH, ModelCard.of(reported));
    int version = candidate.version();
    registry.setVersionTag(spec.model(), version, "weir.audit.policy", certified.policyId());
    registry.setVersionTag(
        spec.model(), version, "weir.audit.look", Integer.toString(certified.look()));
    registry.setVersionTag(
        spec.model(), version, "weir.audit.evidence", certified.evidenceDigest());
  }

  private static Reported.Findings findings(Evidence evidence) {
    return new Reported.Findings(
        evidence.importance().stream()
            .map(i -> new Reported.Importance(i.feature(), i.meanIncrease(), i.standardError()))
            .toList(),
        evidence.hazards().energy(),
        evidence.explanation(),
        evidence.mitigation(),
        evidence.pair(),
        evidence.selective());
  }

  private void upload(Candidate candidate, String path, String text) {
    registry.upload(candidate.runId(), path, text.getBytes(StandardCharsets.UTF_8));
  }
}
