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
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.model.artifact.Compression;
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
    Reported reported = reported(pair(), null);
    assertThat(HtmlReport.of(reported))
        .contains(
            "What compressing changed",
            "Version 1 was pruned, then differentially private to make this one.",
            "0.900, then 0.880; change -0.020 [-0.030, -0.010].",
            "<th>g=&lt;b&gt; | x</th><td>40</td><td>3</td><td>7</td><td>0.200</td>",
            "<td>40</td><td>0.500</td><td>0.400</td><td>-0.100</td><td>[-0.200, 0.000]</td>");
    assertThat(ModelCard.of(reported))
        .contains("## What compressing changed", "| g=&lt;b> \\| x | 40 | 3 | 7 | 0.200 [")
        .contains(
            "| selection rate | g=&lt;b> \\| x | 40 | 0.500 | 0.400 | -0.100 | [-0.200, 0.000] |");
  }

  @Test
  void bothShowWhatMissingLabelsLeaveOpen() {
    Reported reported = reported(null, selective());
    assertThat(HtmlReport.of(reported))
        .contains(
            "A label can come only where the champion does not select the row. The gates&#39;",
            "<th>g=&lt;b&gt;</th><td>30</td><td>10</td><td>0.250</td><td>0.400</td>",
            "<th>g=&lt;b&gt;</th><td>true positive rate</td><td>0.500</td><td>0.400 to 0.700</td>");
    assertThat(ModelCard.of(reported))
        .contains("## Labels that decisions prevented", "| g=&lt;b> | 30 | 10 | 0.250 | 0.400 |")
        .contains("| true positive rate | g=&lt;b> | 0.500 | 0.400 to 0.700 |");
    assertThat(HtmlReport.of(reported())).doesNotContain("Labels that decisions prevented");
  }

  private static SelectiveEvidence selective() {
    SelectiveEvidence.Group group =
        new SelectiveEvidence.Group(
            "g=<b>",
            30,
            10,
            0.25,
            0.4,
            Map.of("truePositiveRate", new SelectiveEvidence.Bounded(0.5, 0.4, 0.7)));
    return new SelectiveEvidence(MissingLabels.Decision.NEGATIVE, List.of(group));
  }

  private static PairEvidence pair() {
    PairEvidence.Change auc = new PairEvidence.Change(100, 0.9, 0.88, -0.02, -0.03, -0.01);
    PairEvidence.Change rate = new PairEvidence.Change(40, 0.5, 0.4, -0.1, -0.2, 0.0);
    PairEvidence.Group group =
        new PairEvidence.Group(
            "g=<b> | x",
            40,
            3,
            7,
            Map.of("selectionRate", rate),
            new PairEvidence.Shift(30, 0.2, 0.1, 0.3));
    Compression compression =
        new Compression(
            List.of(Compression.Method.PRUNED, Compression.Method.DIFFERENTIALLY_PRIVATE),
            1,
            "run",
            "digest");
    return new PairEvidence(compression, "", auc, List.of(group));
  }

  private static Reported reported() {
    return reported(null, null);
  }

  private static Reported reported(
      @Nullable PairEvidence pair, @Nullable SelectiveEvidence selective) {
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
            "training-rows",
            null,
            "evaluation-rows",
            "evidence",
            Instant.EPOCH);
    return new Reported(
        SpecReader.parse("weir.yaml", SPEC),
        manifest(),
        certified,
        List.of(new Reported.Importance("delay", 0.02, 0.001)),
        pair,
        selective);
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
