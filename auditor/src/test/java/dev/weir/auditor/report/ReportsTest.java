package dev.weir.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.auditor.pair.PairEvidence;
import dev.weir.auditor.selective.SelectiveEvidence;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.policy.Gate.Severity;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.model.artifact.ModelManifest;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.xml.sax.InputSource;

class ReportsTest {
  private static final String NASTY = "<script>alert('x')</script> | \"q\" & co";

  @Test
  void thePageShowsEveryFindingAndNoMarkupOfOthers() throws Exception {
    String page = HtmlReport.of(reported());
    assertThat(page)
        .contains(
            "INSUFFICIENT EVIDENCE", "-0.100", "[-0.300, 0.200]", "undefined", "not assessable")
        .contains("rows still needed", "<td>80</td>", "examples-0[10,2010)", "delay")
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "http://", "https://", "src=");
    String wellFormed =
        page.replace("<!DOCTYPE html>", "")
            .replace("<meta charset=\"utf-8\">", "")
            .replaceAll("<meta name[^>]*>", "");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(wellFormed)));
  }

  @Test
  void theCardsFrontMatterIsYamlThatListsEveryDefinedFigure() {
    String card = ModelCard.of(reported());
    String yaml = card.substring(4, card.indexOf("\n---\n", 4));
    Map<?, ?> top = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    assertThat(top.get("license")).isEqualTo("apache-2.0");
    Map<?, ?> model = (Map<?, ?>) ((List<?>) top.get("model-index")).get(0);
    Map<?, ?> result = (Map<?, ?>) ((List<?>) model.get("results")).get(0);
    List<?> metrics = (List<?>) result.get("metrics");
    assertThat(metrics).hasSize(2);
    assertThat(((Map<?, ?>) metrics.get(0)).get("value")).isEqualTo(-0.1);
    assertThat(card.substring(card.indexOf("\n---\n", 4)))
        .contains("Late flights are foreseen.", "| undefined |", "g=a \\| b")
        .doesNotContain("<script");
  }

  @Test
  void bothShowWhatCompressingChangedAndNoMarkupOfOthers() {
    Reported reported = reported(FindingsFixture.pair(), null);
    assertThat(HtmlReport.of(reported))
        .contains(
            "What compressing changed",
            "Version 1 was pruned, then differentially private to make this one.",
            "0.900, then 0.880; change -0.020 [-0.030, -0.010].",
            "<th>g=&lt;b&gt; | x</th><td>40</td><td>3</td><td>7</td><td>0.200</td>",
            "<td>40</td><td>0.500</td><td>0.400</td><td>-0.100</td><td>[-0.200, 0.000]</td>");
    assertThat(ModelCard.of(reported))
        .contains("## What compressing changed", "| g=&lt;b> \\| x | 40 | 3 | 7 | 0.200 | [")
        .contains(
            "**selection rate**\n\n| group | n | parent | candidate | change | bounds |\n|---|---|---|---|---|---|\n| g=&lt;b> \\| x | 40 | 0.500 | 0.400 | -0.100 | [-0.200, 0.000] |");
  }

  @Test
  void bothShowWhatMissingLabelsLeaveOpen() {
    Reported reported = reported(null, FindingsFixture.selective());
    assertThat(HtmlReport.of(reported))
        .contains(
            "A label can come only where the champion does not select the row. Gates judge selection rates over both",
            "<th>g=&lt;b&gt;</th><td>30</td><td>10</td><td>0.250</td><td>0.400</td>",
            "<th>g=&lt;b&gt;</th><td>true positive rate</td><td>0.500</td><td>0.400 to 0.700</td>");
    assertThat(ModelCard.of(reported))
        .contains("## Labels that decisions prevented", "| g=&lt;b> | 30 | 10 | 0.250 | 0.400 |")
        .contains("| g=&lt;b> | true positive rate | 0.500 | 0.400 to 0.700 |");
    assertThat(HtmlReport.of(reported())).doesNotContain("Labels that decisions prevented");
  }

  /** 190 of 200 right, then 130; the gap's bounds hold for the two groups that were picked. */
  @Test
  void bothShowWhatAMitigationCostInAccuracy() {
    Reported mitigated =
        with(
            new Reported.Findings(
                List.of(),
                FindingsFixture.energy(null),
                null,
                FindingsFixture.mitigation(),
                null,
                null));
    assertThat(HtmlReport.of(mitigated))
        .contains(
            "A gate on the selection rate difference of &lt;g&gt; blocked version 3.",
            "<th>accuracy</th><td>0.950</td><td>0.650</td><td>-0.300</td><td>[-0.36",
            "<th>gap between selection rates</th><td>0.600 [0.4",
            "<th>a&lt;</th><td>100</td><td>0.800</td><td>0.500</td><td>-0.300</td>");
    assertThat(ModelCard.of(mitigated))
        .contains("## What the mitigation changed", "trained with the method reweighing")
        .contains("| accuracy | 0.950 | 0.650 | -0.300 | [-0.36")
        .contains("| a&lt; | 100 | 0.800 | 0.500 | -0.300 |");
    assertThat(HtmlReport.of(reported())).doesNotContain("What the mitigation changed");
  }

  @Test
  void bothShowEnergyCarbonAndSizeWithoutAnyGateOnThem() {
    Reported alone = reported();
    assertThat(HtmlReport.of(alone))
        .contains(
            "<th>training</th><td>8.000 J, measured</td><td>no champion</td>",
            "<td>measured: RAPL | package</td>",
            "<th>1,000 predictions</th><td>0.250 J ± 0.010, estimated</td><td>no champion</td>",
            "estimated: CPU time of &lt;scoring&gt;; ± is the standard error over 5 rounds",
            "<td>0.125 g CO₂e</td>",
            "<td>4,321 bytes</td>");
    Reported beside =
        with(
            new Reported.Findings(
                List.of(),
                FindingsFixture.energy(FindingsFixture.version(9, 5000)),
                null,
                null,
                null,
                null));
    assertThat(ModelCard.of(beside))
        .contains("## Energy", "| training | 8.000 J, measured | 9.000 J, measured | measured: RA")
        .contains("RAPL \\| package", "| model file | 4,321 bytes | 5,000 bytes |")
        .contains("at 475.0 g CO₂e per kWh");
  }

  @Test
  void bothShowShapleyImportanceByFallingSizeAndItsQuality() {
    Reported explained =
        with(
            new Reported.Findings(
                List.of(),
                FindingsFixture.energy(null),
                FindingsFixture.explanation(),
                null,
                null,
                null));
    String page = HtmlReport.of(explained);
    assertThat(page)
        .contains(
            "Shapley values φ (permutation) of 50 judging rows against the 100 background rows",
            "<th>&lt;much&gt; | f</th><td>0.200</td><td>[0.180, 0.220]</td>",
            "<th>deletion gain</th><td>0.300</td><td>[0.300, 0.300]</td>",
            "<th>change under small noise</th><td>undefined</td><td></td>");
    assertThat(page.indexOf("<th>&lt;much&gt;")).isLessThan(page.indexOf("<th>little</th>"));
    assertThat(ModelCard.of(explained))
        .contains("## What features contribute", "| &lt;much> \\| f | 0.200 | [0.180, 0.220] |");
  }

  private static Reported reported() {
    return reported(null, null);
  }

  private static Reported reported(
      @Nullable PairEvidence pair, @Nullable SelectiveEvidence selective) {
    return with(
        new Reported.Findings(
            List.of(new Reported.Importance("delay", 0.02, 0.001)),
            FindingsFixture.energy(null),
            null,
            null,
            pair,
            selective));
  }

  private static Reported with(Reported.Findings findings) {
    List<GateResult> results =
        List.of(
            result(NASTY, "g=a | b", -0.1, Answer.INSUFFICIENT_EVIDENCE, false),
            result(NASTY, "g=c", 0.05, Answer.PASS, false),
            result("rate", "all", null, Answer.INSUFFICIENT_EVIDENCE, false),
            result("gain", "all", null, Answer.INSUFFICIENT_EVIDENCE, true));
    Certificate.Predicate certified =
        new Certificate.Predicate(
            "flights",
            2,
            "r-1",
            "spec",
            "p@1",
            "policy",
            new Verdict.InsufficientEvidence(results),
            1,
            1,
            List.of(new OffsetRange("examples", 0, 0, 10)),
            List.of(new OffsetRange("examples", 0, 10, 2010)),
            null,
            null,
            "training-rows",
            null,
            "evaluation-rows",
            "evidence",
            Instant.EPOCH);
    return new Reported(SpecReader.parse("weir.yaml", SPEC), manifest(), certified, findings);
  }

  private static GateResult result(
      String gate, String group, @Nullable Double value, Answer answer, boolean isNotAssessable) {
    return new GateResult(
        gate,
        Metric.BRIER_DIFFERENCE,
        group,
        120,
        value,
        value == null ? null : -0.3,
        value == null ? null : 0.2,
        "within ±0.2",
        Severity.BLOCK,
        answer,
        isNotAssessable,
        value == null ? null : 80L,
        gate + " says " + answer);
  }

  private static ModelManifest manifest() {
    return new ModelManifest(
        "flights",
        "r-1",
        "spec",
        "onnx",
        List.of("delay"),
        0.5,
        0.2,
        100,
        40,
        "",
        1,
        "",
        "test",
        Map.of(),
        8,
        ModelManifest.EnergyMethod.ESTIMATED,
        "CPU time of the child",
        Map.of(),
        null,
        null,
        Instant.EPOCH,
        null,
        null);
  }

  private static final String SPEC =
      """
      model: flights
      version: 1
      about: {description: Late flights are foreseen., license: apache-2.0}
      events:
        features: {topic: f, id: id, time: at}
        labels: {topic: l, id: id, time: at, value: late}
      features: [{name: delay, type: number}]
      training: {network: {hidden: [4]}}
      triggers: {volume: {examples: 100}, drift: {}}
      rollout: {}
      """;
}
