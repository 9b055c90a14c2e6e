package dev.weir.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of {@code docs/examples}: the data are elsewhere, the specs must fit them. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../../docs/examples");
  private static final Pattern HEADER = Pattern.compile("(?m)^```csv\\n(.+)\\n```$");
  private static final List<String> KEYS =
      List.of(
          "accuracy",
          "kappa",
          "kappaTemporal",
          "logLoss",
          "brier",
          "auc",
          "noChangeAccuracy",
          "majorityAccuracy",
          "alarms",
          "versions",
          "eventsPerSecond",
          "wallSeconds",
          "joules");

  @ParameterizedTest
  @ValueSource(strings = {"flights", "elec2", "weather", "adult"})
  void specAndPolicyFitTheHeaderOnThePage(String name) throws IOException {
    Path directory = EXAMPLES.resolve(name);
    ModelSpec spec = SpecReader.read(directory.resolve("weir.yaml"));
    Path policy = directory.resolve("policy.yaml");
    assertThat(PolicyReader.parse(policy.toString(), Files.readString(policy)).gates())
        .isNotEmpty();
    assertThat(spec.model()).isEqualTo(name);

    Matcher header = HEADER.matcher(Files.readString(directory.resolve("README.md")));
    assertThat(header.find()).as("a csv block with the header").isTrue();
    List<String> columns = List.of(header.group(1).split(","));
    // Both throw where the spec names a column that is not there.
    new FieldColumns(name, columns, spec);
    new LabelColumns(Question.of(directory), columns, spec.events().labels().label());
  }

  @ParameterizedTest
  @ValueSource(strings = {"flights", "elec2", "weather", "adult"})
  void theResultTableNamesEveryKey(String name) throws IOException {
    String page = Files.readString(EXAMPLES.resolve(name).resolve("README.md"));
    List<String> rows = page.lines().filter(line -> line.startsWith("| `")).toList();
    for (String key : KEYS) {
      assertThat(rows).as(key).anyMatch(row -> row.startsWith("| `" + key + "` |"));
    }
    assertThat(page).contains("weir backtest --spec docs/examples/" + name + "/weir.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"accuracy", "kappaTemporal", "served", "joules", "assumptions"})
  void theHowToNamesTheKey(String key) throws IOException {
    assertThat(Files.readString(Path.of("../../docs/how-to/backtest.md")))
        .contains("`" + key + "`");
  }
}
