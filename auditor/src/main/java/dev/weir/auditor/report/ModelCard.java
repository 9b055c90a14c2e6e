package dev.weir.auditor.report;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.spec.About;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * A model card in Markdown with Hugging Face's YAML front matter: what the version is for, how it
 * was evaluated, overall and by group, what it takes, and where its certificate is.
 *
 * @see <a href="https://huggingface.co/docs/hub/model-cards">Hugging Face, Model Cards</a>
 * @see <a href="https://arxiv.org/abs/1810.03993">M. Mitchell et al., Model Cards for Model
 *     Reporting, 2019</a>
 */
public final class ModelCard {
  private static final String TASK = "tabular-classification";

  private ModelCard() {}

  /** Returns the card. */
  public static String of(Reported reported) {
    StringBuilder card = new StringBuilder("---\n").append(frontMatter(reported)).append("---\n\n");
    About about = reported.spec().about();
    card.append("# ").append(reported.title()).append("\n\n");
    section(card, "Description", about.description().orElse("The spec says nothing (`about`)."));
    section(card, "Intended use", about.intendedUse().orElse("The spec says nothing (`about`)."));
    section(card, "Limitations", about.limitations().orElse("The spec says nothing (`about`)."));
    section(card, "Audit", audit(reported.certified()));
    section(card, "Evaluation", table(reported, false));
    section(card, "Evaluation by group", table(reported, true));
    reported.sections().forEach(each -> section(card, each.title(), each.markdown()));
    return card.toString();
  }

  private static void section(StringBuilder card, String title, String body) {
    card.append("## ").append(title).append("\n\n").append(body).append("\n\n");
  }

  private static String frontMatter(Reported reported) {
    Map<String, Object> top = new LinkedHashMap<>();
    reported.spec().about().license().ifPresent(license -> top.put("license", license));
    top.put("library_name", "onnx");
    top.put("pipeline_tag", TASK);
    top.put("tags", List.of("weir", "onnx", TASK));
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", reported.title());
    model.put("results", List.of(result(reported)));
    top.put("model-index", List.of(model));
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setMultiLineFlow(false).build();
    return new Dump(settings).dumpToString(top);
  }

  private static Map<String, Object> result(Reported reported) {
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("name", "held-out events of " + reported.certified().model());
    dataset.put("type", "weir-examples");
    dataset.put("revision", reported.certified().evaluationRowsDigest());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", Map.of("type", TASK));
    result.put("dataset", dataset);
    result.put("metrics", metrics(reported));
    return result;
  }

  private static List<Map<String, Object>> metrics(Reported reported) {
    List<Map<String, Object>> metrics = new ArrayList<>();
    for (GateResult each : reported.certified().verdict().results()) {
      Double value = each.value();
      if (value != null) {
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("type", each.metric().name().toLowerCase(java.util.Locale.ROOT));
        metric.put("name", each.gate() + " (" + each.group() + ")");
        metric.put("value", value);
        metrics.add(metric);
      }
    }
    return metrics;
  }

  private static String audit(Certificate.Predicate certified) {
    StringBuilder text = new StringBuilder("**");
    text.append(certified.verdict().answer()).append("** by policy `").append(certified.policyId());
    text.append("` (sha256 `").append(certified.policyDigest()).append("`), look ");
    text.append(certified.look()).append(", ").append(certified.auditedAt()).append('.');
    certified.verdict().reasons().forEach(reason -> text.append("\n- ").append(cell(reason)));
    text.append(
        "\n\nThe signed certificate is `audit/certificate.json`, the page `audit/report.html`.");
    return text.toString();
  }

  private static String table(Reported reported, boolean isByGroup) {
    StringBuilder table = new StringBuilder();
    table.append("| gate | ").append(isByGroup ? "group | " : "");
    table.append("n | estimate | bounds | wanted | answer |\n|---|");
    table.append(isByGroup ? "---|" : "").append("---|---|---|---|---|");
    int rows = 0;
    for (GateResult each : reported.certified().verdict().results()) {
      if (each.group().equals("all") != isByGroup) {
        rows++;
        table.append("\n| ").append(cell(each.gate())).append(" | ");
        table.append(isByGroup ? cell(each.group()) + " | " : "");
        table.append(each.n()).append(" | ").append(Figures.number(each.value())).append(" | ");
        table.append(Figures.bounds(each)).append(" | ").append(cell(each.tolerance()));
        table.append(" | ").append(each.answer()).append(" |");
      }
    }
    return rows == 0 ? "The policy asks nothing here." : table.toString();
  }

  /** A name comes from a file that anybody may have written. */
  static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }
}
