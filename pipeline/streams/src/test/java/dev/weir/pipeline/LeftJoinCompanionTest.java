package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.joinoracle.BatchJoin;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.pipeline.LabelJoinPropertyTest.Policy;
import dev.weir.testkit.gen.Gen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why the label join is our own: the DSL's left join, with a grace period in which every label
 * comes, says of one event both that it has no label and what its label is (KAFKA-19536).
 */
class LeftJoinCompanionTest {
  private static final int WITHIN = 120;
  private static final String NO_LABEL = "none";

  @TempDir Path directory;

  @Test
  void theLeftJoinDeniesALabelThatComesWithinItsGrace() {
    List<Arrival> arrivals =
        List.of(
            new Arrival(Kind.ROW, "later", "later", 200, 0, 0),
            new Arrival(Kind.ROW, "a", "a", 50, 0, 1),
            new Arrival(Kind.LABEL, "a", "a", 60, 1, 2));
    assertThat(leftJoin(arrivals))
        .containsExactly(KeyValue.pair("a", NO_LABEL), KeyValue.pair("a", "1@60"));
    try (JoinDriver join = new JoinDriver(directory.resolve("own"), Policy.FIRST.spec())) {
      arrivals.forEach(each -> join.send(each, 0));
      assertThat(LabelJoinPropertyTest.standing(join.examples(), 0)).isEqualTo(Map.of("a", "1@60"));
    }
  }

  @Test
  void theLeftJoinFailsThePropertyThatTheLabelJoinHolds() {
    Set<String> deniedAndLabelled = new HashSet<>();
    Gen.cases(
        6, 20261127, gen -> deniedAndLabelled.addAll(deniedAndLabelled(gen, gen.seed() + "-")));
    assertThat(deniedAndLabelled).hasSizeGreaterThan(10);
  }

  private Set<String> deniedAndLabelled(Gen gen, String prefix) {
    Interleavings each = Policy.FIRST.interleaving(gen, prefix, 300);
    Set<String> denied = new HashSet<>();
    Set<String> both = new HashSet<>();
    for (KeyValue<String, String> said : leftJoin(each.arrivals())) {
      if (said.value.equals(NO_LABEL)) {
        denied.add(said.key);
      } else if (denied.contains(said.key)) {
        both.add(said.key);
      }
    }
    both.retainAll(BatchJoin.examples(each.arrivals(), Policy.FIRST.rules()).keySet());
    return both;
  }

  /** All comes within the grace: no record is older than the latest by as much. */
  private List<KeyValue<String, String>> leftJoin(List<Arrival> arrivals) {
    JoinWindows windows =
        JoinWindows.ofTimeDifferenceAndGrace(Duration.ofMinutes(WITHIN), Duration.ofDays(7))
            .before(Duration.ZERO);
    StreamsBuilder builder = new StreamsBuilder();
    var text = Consumed.with(Serdes.String(), Serdes.String());
    builder.stream("rows", text)
        .leftJoin(
            builder.stream("labels", text),
            (row, label) -> label == null ? NO_LABEL : label,
            windows,
            StreamJoined.with(Serdes.String(), Serdes.String(), Serdes.String()))
        .to("joined");
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "left-join");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve("dsl").toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), settings)) {
      var rows = input(driver, "rows");
      var labels = input(driver, "labels");
      for (Arrival each : arrivals) {
        String value = each.value() + "@" + each.minute();
        (each.kind() == Kind.ROW ? rows : labels)
            .pipeInput(each.id(), value, PipelineDriver.at(each.minute()));
      }
      return driver
          .createOutputTopic("joined", new StringDeserializer(), new StringDeserializer())
          .readKeyValuesToList();
    }
  }

  private static TestInputTopic<String, String> input(TopologyTestDriver driver, String topic) {
    return driver.createInputTopic(topic, new StringSerializer(), new StringSerializer());
  }
}
