package dev.weir.contracts.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.Samples;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsDigestTest {
  /** Computed with Python's hashlib and struct from the written definition. */
  @Test
  void digestIsThatOfTheDefinition() {
    assertThat(RowsDigest.of(List.of(Samples.example("e2"), Samples.example("e1"))))
        .isEqualTo("6a5c41d1e6c17d2c11a82f99d9528cf16d0a972e960fc690206e74876307eccd");
  }

  @Test
  void orderDoesNotMatter() {
    List<Example> examples =
        new ArrayList<>(IntStream.range(0, 50).mapToObj(i -> Samples.example("e" + i)).toList());
    String digest = RowsDigest.of(examples);
    for (long seed = 0; seed < 10; seed++) {
      Collections.shuffle(examples, new Random(seed));
      assertThat(RowsDigest.of(examples)).as("seed %d", seed).isEqualTo(digest);
    }
  }

  @Test
  void everyFieldMatters() {
    Row row = Samples.row("e1");
    List<Example> variants =
        List.of(
            Samples.example("e1"),
            Samples.example("e2"),
            new Example(at(row, Samples.TIME.plusMillis(1)), 1, Samples.TIME, 1),
            new Example(row, 0, Samples.TIME, 1),
            new Example(row, 1, Samples.TIME, 2),
            with(row, FeatureVector.of(1f, Float.NaN, -0.4f), row.groups()),
            with(row, FeatureVector.of(1f, 0f, -0.5f), row.groups()),
            with(row, FeatureVector.of(1f, Float.NaN), row.groups()),
            with(row, row.features(), Map.of("size", "klein", "class", "low-cost")),
            with(row, row.features(), Map.of("size", "groß")));
    Set<String> digests = new HashSet<>();
    variants.forEach(example -> digests.add(RowsDigest.of(List.of(example))));

    assertThat(digests).hasSameSizeAs(variants);
  }

  @Test
  void rowsMoreOrLessMatter() {
    Example example = Samples.example("e1");

    assertThat(
            Set.of(
                RowsDigest.of(List.of()),
                RowsDigest.of(List.of(example)),
                RowsDigest.of(List.of(example, example))))
        .hasSize(3);
  }

  @Test
  void whatDoesNotSurviveATopicDoesNotMatter() {
    Row row = Samples.row("e1");
    Row finer = at(row, row.eventTime().plusNanos(999));

    assertThat(RowsDigest.of(List.of(new Example(finer, 1, Samples.TIME, 1))))
        .isEqualTo(RowsDigest.of(List.of(new Example(row, 1, Samples.TIME, 1))));
  }

  private static Row at(Row row, Instant time) {
    return new Row(
        row.eventId(),
        row.entityId(),
        time,
        row.specDigest(),
        row.features(),
        row.groups(),
        row.origin());
  }

  private static Example with(Row row, FeatureVector features, Map<String, String> groups) {
    return new Example(
        new Row(
            row.eventId(),
            row.entityId(),
            row.eventTime(),
            row.specDigest(),
            features,
            groups,
            row.origin()),
        1,
        Samples.TIME,
        1);
  }
}
