package dev.weir.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.OrderAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/how-to/when-to-train.md} tells people to write can be read. */
class WhenToTrainPageTest {
  private static final Path PAGE = Path.of("../../docs/how-to/when-to-train.md");
  private static final String REST =
      """
      model: m
      version: 1
      events:
        features: {topic: a, id: id, time: t}
        labels: {topic: b, id: id, time: t, value: y}
      features:
        - {name: x, type: number}
      training:
        network: {hidden: [8]}
      """;

  @Test
  void theTriggersOfThePageAreValid() throws IOException {
    List<String> blocks = triggers();
    assertThat(blocks).hasSize(2);
    Triggers first = SpecReader.parse("weir.yaml", REST + blocks.get(0)).triggers();
    assertThat(first.schedule().every()).isEqualTo(Duration.ofDays(7));
    assertThat(first.alarms().get(Triggers.AlarmKind.PERFORMANCE).waitForExamples()).isEqualTo(300);
    Triggers second =
        SpecReader.parse(
                "weir.yaml", REST + blocks.get(1) + "  volume: {examples: 1}\n  drift: {}\n")
            .triggers();
    assertThat(second.economy()).isEqualTo(new Triggers.Economy(0.05, 3, 3));
  }

  @Test
  void everyAnswerToAnOrderIsExplained() throws IOException {
    String page = Files.readString(PAGE);
    for (OrderAnswer.Decision decision : OrderAnswer.Decision.values()) {
      assertThat(page).contains("| `" + decision.name() + "` |");
    }
  }

  private static List<String> triggers() throws IOException {
    return Pattern.compile("(?s)```\\n(triggers:.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
