package dev.weir.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An unknown metric makes an alert that never fires, and no tool complains. */
class PrometheusRulesTest {
  private static final Path ROOT = Path.of("../..");

  @Test
  void everyMetricInTheRulesIsCountedByTheCode() throws IOException {
    String rules = Files.readString(ROOT.resolve("infra/prometheus/weir.rules.yml"));
    Set<String> used =
        Pattern.compile("\\bweir_\\w+")
            .matcher(rules)
            .results()
            .map(match -> match.group().replaceAll("_total$", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).isNotEmpty();
    assertThat(meters()).containsAll(used);
  }

  @Test
  void bothFilesAreYaml() throws IOException {
    for (String file : new String[] {"prometheus.yml", "weir.rules.yml"}) {
      String text = Files.readString(ROOT.resolve("infra/prometheus").resolve(file));

      assertThat(new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text))
          .isNotNull();
    }
  }

  @Test
  void everyMeterOfTheCodeIsOnThePageAndNoOther() throws IOException {
    Set<String> listed =
        Pattern.compile("`(weir_\\w+?)(_total|_seconds_(count|sum))?(\\{[^`]*)?`")
            .matcher(Files.readString(ROOT.resolve("docs/reference/metrics.md")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed).isEqualTo(meters());
  }

  /** Returns every text in the sources that looks like a meter's name, as Prometheus has it. */
  private static Set<String> meters() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String module : new String[] {"serving/gateway", "pipeline/streams"}) {
      names.addAll(meters(ROOT.resolve(module).resolve("src/main/java")));
    }
    return names;
  }

  private static Set<String> meters(Path sources) throws IOException {
    Pattern meter = Pattern.compile("\"(weir\\.(?:serving|pipeline)(?:\\.[a-z-]+)+)\"");
    try (Stream<Path> files = Files.walk(sources)) {
      Set<String> names = new TreeSet<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        meter
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> names.add(match.group(1).replaceAll("[.-]", "_")));
      }
      return names;
    }
  }
}
