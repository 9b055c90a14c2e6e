package dev.weir.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static final String KEEP_DAY = "86400000";

  /**
   * Key and value are words for people; the rest of the page's table must be what the code does.
   */
  @Test
  void referencePageListsEveryTopicAsItIs() throws IOException {
    List<String> documented =
        Files.readString(Path.of("../../docs/reference/topics.md"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split(" \\| "))
            .map(c -> String.join(" | ", c[0].substring(2), c[3], c[4], c[5].replace(" |", "")))
            .toList();

    assertThat(documented).isEqualTo(Arrays.stream(Topics.values()).map(TopicsTest::line).toList());
  }

  private static String line(Topics topic) {
    String retention = topic.settings(false).get("retention.ms");
    return String.join(
        " | ",
        "`" + topic.name("weir", "<model>") + "`",
        topic.partitions(7) == 7 ? "data" : Integer.toString(topic.partitions(7)),
        retention.equals("-1")
            ? "for ever"
            : Long.parseLong(retention) / Long.parseLong(KEEP_DAY) + " days",
        topic.settings(false).get("cleanup.policy"));
  }

  @Test
  void namesAreDistinctForEveryModel() {
    List<String> names = new ArrayList<>();
    for (Topics topic : Topics.values()) {
      names.add(topic.name("weir", "a"));
      if (topic.name("weir", "a").contains(".a.")) {
        names.add(topic.name("weir", "b"));
      }
    }

    assertThat(names).doesNotHaveDuplicates();
    assertThat(new TopicNames("x", "flights").of(Topics.ROWS)).isEqualTo("x.flights.rows");
    assertThat(new TopicNames("x", "flights").of(Topics.AUDITS)).isEqualTo("x.audits");
  }

  @Test
  void aLaterSpecHasTopicsOfItsOwnForWhatItEncodes() {
    TopicNames first = new TopicNames("x", "flights");
    TopicNames second = first.ofGeneration(2);

    assertThat(first.ofGeneration(1)).isEqualTo(first);
    assertThat(second.of(Topics.ROWS)).isEqualTo("x.flights.2.rows");
    for (Topics topic : Topics.values()) {
      assertThat(second.of(topic).equals(first.of(topic))).isNotEqualTo(topic.isOfOneSpec());
    }
    assertThat(second.of(Topics.OUTCOMES)).isEqualTo("x.flights.outcomes");
  }

  @Test
  void whatIsLiveNoMoreKeepsItsTopicsButNotTheModelsTicks() {
    TopicNames retired = new TopicNames("x", "flights").retired();

    assertThat(retired.of(Topics.TICKS)).isEqualTo("x.flights.1.ticks");
    assertThat(retired.of(Topics.EXAMPLES)).isEqualTo("x.flights.examples");
  }

  @Test
  void replaysOfThePastAreKept() {
    for (Topics topic : Topics.values()) {
      assertThat(topic.settings(true)).containsEntry("retention.ms", "-1");
    }
  }

  @Test
  void offsetsOfExamplesNameDataSetsForTheLife() {
    assertThat(Topics.EXAMPLES.settings(false)).containsEntry("cleanup.policy", "delete");
    assertThat(Topics.LEDGER.settings(false))
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "-1");
  }
}
