package dev.weir.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PolicyPageTest {
  private static final Path PAGE = Path.of("../../docs/reference/policy.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  @Test
  void everyMetricHasARowAndNothingElseHas() throws IOException {
    String text = Files.readString(PAGE);
    String table = text.substring(text.indexOf("## Metrics"));

    List<String> documented = ROW.matcher(table).results().map(m -> m.group(1)).toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Metric.values()).map(PolicyPageTest::camelCase).toList());
  }

  private static String camelCase(Metric metric) {
    String words = metric.name().toLowerCase(Locale.ROOT);
    return Pattern.compile("_(.)")
        .matcher(words)
        .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }
}
