package dev.weir.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/how-to/first-model.md} tells people to write can be read. */
class HowToTest {
  private static final Path PAGE = Path.of("../../docs/how-to/first-model.md");

  @Test
  void specAndPolicyOfThePageAreValid() throws IOException {
    List<String> yaml = blocks("yaml");

    assertThat(yaml).hasSize(2);
    assertThat(SpecReader.parse("weir.yaml", yaml.get(0)).model()).isEqualTo("claims");
    assertThat(PolicyReader.parse("policy.yaml", yaml.get(1)).gates()).hasSize(4);
  }

  @Test
  void errorOnThePageIsTheRealOne() throws IOException {
    String spec = blocks("yaml").get(0).replace("field: amountEuro", "fields: amountEuro");

    assertThatThrownBy(() -> SpecReader.parse("weir.yaml", spec))
        .hasMessage(blocks("").get(0).strip());
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("(?s)```(\\w*)\\n(.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }
}
