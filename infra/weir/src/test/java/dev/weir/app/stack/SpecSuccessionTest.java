package dev.weir.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.control.CutOver;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.SpecGeneration.Phase;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecException;
import dev.weir.contracts.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpecSuccessionTest {
  private final ModelSpec first = spec(1, "north, south");
  private final ModelSpec second = spec(2, "north, south, east");
  private final ModelSpec third = spec(3, "north");
  private final SpecSuccession alone = SpecSuccession.startingWith(first);

  @Test
  void aStartWithTheSameSpecChangesNothing() {
    assertThat(alone.startedWith(first)).isEqualTo(alone);
    SpecSuccession both = alone.startedWith(second);
    assertThat(both.startedWith(second)).isEqualTo(both);
  }

  @Test
  void aLaterVersionGoesIntoShadow() {
    SpecSuccession both = alone.startedWith(second);

    assertThat(both.live().specDigest()).isEqualTo(first.digest());
    assertThat(both.shadow().map(SpecGeneration::specDigest)).contains(second.digest());
    assertThat(both.shadow().map(SpecGeneration::number)).contains(2);
  }

  @Test
  void anotherContentOfTheSameVersionIsRefused() {
    assertThatThrownBy(() -> alone.startedWith(spec(1, "east")))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("version 1 is live with another content; raise `version`");
    assertThatThrownBy(() -> alone.startedWith(second).startedWith(spec(2, "east")))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("version 2 is in shadow with another content");
  }

  @Test
  void anEarlierVersionIsRefusedOnceALaterOneIsLive() {
    SpecSuccession changed = alone.startedWith(second).after(cutOver());

    assertThatThrownBy(() -> changed.startedWith(first))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("version 1 is older than version 2, which is live");
  }

  @Test
  void aStartWithTheLiveSpecGivesUpTheOneInShadow() {
    SpecSuccession given = alone.startedWith(second).startedWith(first);

    assertThat(given.shadow()).isEmpty();
    assertThat(given.running()).hasSize(1);
    assertThat(given.startedWith(third).shadow().map(SpecGeneration::number)).contains(3);
  }

  @Test
  void aYetLaterVersionTakesThePlaceOfTheOneInShadow() {
    SpecSuccession next = alone.startedWith(second).startedWith(third);

    assertThat(next.generations())
        .extracting(SpecGeneration::phase)
        .containsExactly(Phase.LIVE, Phase.ENDED, Phase.SHADOW);
  }

  @Test
  void afterACutOverTheFormerSpecRetires() {
    SpecSuccession changed = alone.startedWith(second).after(cutOver());

    assertThat(changed.generations())
        .extracting(SpecGeneration::phase)
        .containsExactly(Phase.RETIRING, Phase.LIVE);
    assertThat(changed.live().decides("f", 0, 7)).isTrue();
    assertThat(changed.live().decides("f", 0, 6)).isFalse();
    assertThat(changed.generations().get(0).decides("f", 0, 6)).isTrue();
    assertThat(changed.startedWith(second)).isEqualTo(changed);
  }

  private static CutOver cutOver() {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    offsets.put(0, 7L);
    TreeMap<String, SortedMap<Integer, Long>> topics = new TreeMap<>();
    topics.put("f", offsets);
    return new CutOver(topics, new Tick(1, Instant.EPOCH), 2, "shops-g2-0001", "test");
  }

  private static ModelSpec spec(int version, String shops) {
    try (var in = SpecSuccessionTest.class.getResourceAsStream("/free/weir.yaml")) {
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("version: 1", "version: " + version)
              .replace("north, south", shops);
      return SpecReader.parse("weir.yaml", text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
