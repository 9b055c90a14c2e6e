package dev.weir.app.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.spec.GroupSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a scrape of {@code /q/metrics} shows of the roles. */
class MetersTest {
  private final PrometheusMeterRegistry prometheus =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final PipelineMeters meters =
      new PipelineMeters(
          "shops",
          List.of(new GroupSpec("size", "size", Map.of("small", List.of("s")), "large")),
          () -> counts);

  @Test
  void everyPipelineMetricInTheRulesIsInTheFirstScrape() throws IOException {
    meters.bindTo(prometheus);
    Path rules = Path.of(System.getProperty("weir.home"), "infra/prometheus/weir.rules.yml");
    Set<String> used =
        Pattern.compile("\\bweir_pipeline_\\w+")
            .matcher(Files.readString(rules))
            .results()
            .map(match -> match.group())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).isNotEmpty();
    String scrape = prometheus.scrape();
    assertThat(used).allSatisfy(name -> assertThat(scrape).containsPattern(name + "\\{.*\\} 0.0"));
  }

  @Test
  void aScrapeShowsTheCountsOfThatMoment() {
    meters.bindTo(prometheus);
    counts.put("tooLate", 3L);
    counts.put("deadLetters", 2L);
    counts.put("unobservedInGroup.size=small", 4L);
    counts.put("deadLetters.TOO_AHEAD", 2L);
    counts.put("alarms.fairness", 5L);

    assertThat(prometheus.scrape())
        .contains("weir_pipeline_too_late_total{model=\"shops\",} 3.0")
        .contains(
            "weir_pipeline_alarms_total{kind=\"fairness\",model=\"shops\",} 5.0",
            "weir_pipeline_alarms_total{kind=\"drift\",model=\"shops\",} 0.0")
        .contains(
            "weir_pipeline_unobserved_in_group_total"
                + "{group=\"size\",model=\"shops\",value=\"small\",} 4.0",
            "weir_pipeline_unobserved_in_group_total"
                + "{group=\"size\",model=\"shops\",value=\"large\",} 0.0")
        .contains(
            "weir_pipeline_dead_letters_total{model=\"shops\",reason=\"TOO_AHEAD\",} 2.0",
            "weir_pipeline_dead_letters_total{model=\"shops\",reason=\"NOT_FINITE\",} 0.0");
  }

  @Test
  void whatARoleCountedBeforeAndAfterTheEndpointCameIsShown() {
    MeterRegistry roles = new SimpleMeterRegistry();
    roles.counter("weir.serving.swaps", "model", "shops").increment();

    ShownMeters.show(roles, prometheus);
    roles.counter("weir.serving.swaps", "model", "shops").increment();
    roles.counter("weir.serving.rollout", "model", "shops", "change", "PROMOTED").increment();

    assertThat(prometheus.scrape())
        .contains("weir_serving_swaps_total{model=\"shops\",} 2.0")
        .contains("weir_serving_rollout_total{change=\"PROMOTED\",model=\"shops\",} 1.0");
  }
}
