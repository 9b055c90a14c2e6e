package dev.weir.auditor.report;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.topic.OffsetRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page about one audit that needs nothing else: no script, no font, no address. What it shows is
 * what the certificate holds; the certificate, not the page, is the evidence.
 */
public final class HtmlReport {
  private final Reported reported;
  private final Html html = new Html();

  private HtmlReport(Reported reported) {
    this.reported = reported;
  }

  /** Returns the page. */
  public static String of(Reported reported) {
    return new HtmlReport(reported).write();
  }

  private String write() {
    html.raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.element("title", "Audit of " + reported.title());
    html.raw("<style>").raw(style()).raw("</style></head><body><main>");
    banner();
    gates();
    reported.sections().forEach(section -> section.draw(html));
    importance();
    facts();
    html.raw("</main></body></html>\n");
    return html.toString();
  }

  private static String style() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is not on the class path");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void banner() {
    Certificate.Predicate certified = reported.certified();
    GateResult.Answer answer = certified.verdict().answer();
    html.element("h1", "Audit of " + reported.title());
    html.raw("<p class=\"verdict ").raw(kind(answer)).raw("\">");
    html.raw("<strong>").text(symbol(answer) + " " + spelled(answer)).raw("</strong> ");
    html.text("by policy " + certified.policyId() + ", look " + certified.look());
    html.text(", at " + certified.auditedAt()).raw("</p>");
    if (!certified.verdict().reasons().isEmpty()) {
      html.raw("<ul>");
      certified.verdict().reasons().forEach(reason -> html.element("li", reason));
      html.raw("</ul>");
    }
  }

  private static String spelled(GateResult.Answer answer) {
    return answer.name().replace('_', ' ');
  }

  private static String symbol(GateResult.Answer answer) {
    return switch (answer) {
      case PASS -> "●";
      case BLOCK -> "■";
      case INSUFFICIENT_EVIDENCE -> "◆";
    };
  }

  private static String kind(GateResult.Answer answer) {
    return switch (answer) {
      case PASS -> "pass";
      case BLOCK -> "block";
      case INSUFFICIENT_EVIDENCE -> "open";
    };
  }

  private void gates() {
    html.element("h2", "Gates");
    Map<String, List<GateResult>> byGate = new LinkedHashMap<>();
    for (GateResult result : reported.certified().verdict().results()) {
      byGate.computeIfAbsent(result.gate(), gate -> new ArrayList<>()).add(result);
    }
    byGate.forEach(this::gate);
  }

  private void gate(String name, List<GateResult> results) {
    GateResult first = results.get(0);
    html.raw("<section>").element("h3", name);
    html.raw("<p>").text(Figures.words(first.metric()) + ", wanted " + first.tolerance());
    html.text("; severity " + Figures.words(first.severity())).raw("</p>");
    IntervalFigure figure = new IntervalFigure(results);
    if (results.size() > 1 && !figure.isEmpty()) {
      figure.draw(
          html, name + ": estimate and bounds by group; the same figures follow as a table");
    }
    html.raw("<div class=\"scroll\"><table><thead><tr><th>group</th><th>n</th><th>estimate</th>");
    html.raw("<th>bounds</th><th>answer</th><th>rows still needed</th></tr></thead><tbody>");
    results.forEach(this::row);
    html.raw("</tbody></table></div></section>");
  }

  private void row(GateResult result) {
    html.raw("<tr>").element("th", result.group());
    html.element("td", Long.toString(result.n()));
    html.element(
        "td", result.isNotAssessable() ? "not assessable" : Figures.number(result.value()));
    html.element("td", Figures.bounds(result));
    html.raw("<td class=\"" + kind(result.answer()) + "\">");
    html.text(symbol(result.answer()) + " " + spelled(result.answer())).raw("</td>");
    html.element("td", result.rowsNeeded() == null ? "" : result.rowsNeeded().toString());
    html.raw("</tr>");
  }

  private void importance() {
    if (reported.findings().importance().isEmpty()) {
      return;
    }
    html.element("h2", "What the model looks at");
    html.element("p", "How much the Brier score rises when a feature's column is shuffled.");
    html.raw("<div class=\"scroll\"><table><thead><tr><th>feature</th><th>rise</th>");
    html.raw("<th>standard error</th></tr></thead><tbody>");
    reported.findings().importance().stream()
        .sorted((a, b) -> Double.compare(b.meanIncrease(), a.meanIncrease()))
        .forEach(
            each -> {
              html.raw("<tr>").element("th", each.feature());
              html.element("td", Figures.number(each.meanIncrease()));
              html.element("td", Figures.number(each.standardError())).raw("</tr>");
            });
    html.raw("</tbody></table></div>");
  }

  private void facts() {
    Certificate.Predicate certified = reported.certified();
    html.element("h2", "What it rests on").raw("<dl>");
    fact("request", certified.requestId());
    fact("compared with", champion(certified));
    fact("judging rows", ranges(certified.evaluation()));
    List<OffsetRange> unobserved = certified.unobserved();
    if (unobserved != null) {
      fact("rows without a label", unobserved.isEmpty() ? "none" : ranges(unobserved));
    }
    fact("digest of the judging rows", certified.evaluationRowsDigest());
    fact("training rows", ranges(certified.training()));
    fact("digest of the training rows", certified.trainingRowsDigest());
    fact("model file", reported.manifest().onnxDigest());
    fact("policy", certified.policyDigest());
    fact("spec", certified.specDigest());
    fact("evidence", certified.evidenceDigest());
    html.raw("</dl>");
    html.element(
        "p", "Digests are SHA-256. The signed certificate is the evidence, not this page.");
  }

  private static String champion(Certificate.Predicate certified) {
    Integer champion = certified.championVersion();
    return champion == null ? "nothing, there was no champion" : "version " + champion;
  }

  private static String ranges(List<OffsetRange> ranges) {
    return ranges.stream().map(OffsetRange::toString).collect(Collectors.joining(", "));
  }

  private void fact(String name, String value) {
    html.element("dt", name).element("dd", value);
  }
}
