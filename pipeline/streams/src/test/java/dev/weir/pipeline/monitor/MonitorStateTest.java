package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.pipeline.monitor.Watching.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of all monitors: partitions and restarts change nothing. */
class MonitorStateTest {
  private static final Shape CHANGED =
      Shape.PLAIN.amounts(1).gaps(0.1, 0.1).worse(0.3).unfair(0.3).volume(400);

  static ModelSpec spec() {
    return spec("");
  }

  /** Returns the spec with more keys at its end. */
  static ModelSpec spec(String more) {
    try (var in = MonitorStateTest.class.getResourceAsStream("/monitored.yaml")) {
      return SpecReader.parse(
          "monitored.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8) + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static IntStream monitors() {
    return IntStream.range(0, Monitors.of(spec()).size());
  }

  private static Monitor begun(Supplier<Monitor> monitors) {
    Monitor monitor = monitors.get();
    monitor.champion(1, Watching.REFERENCE);
    return monitor;
  }

  @ParameterizedTest
  @MethodSource("monitors")
  void eightPartitionsSayWhatOneSays(int index) {
    Supplier<Monitor> monitors = () -> Monitors.of(spec()).get(index);
    Monitor one = begun(monitors);
    Monitor eight = begun(monitors);
    List<Signal> expected = play(new Watching(7, 1), one);
    assertThat(play(new Watching(7, 8), eight)).isEqualTo(expected).isNotEmpty();
    assertThat(eight.toBytes()).isEqualTo(one.toBytes());
  }

  private static List<Signal> play(Watching stream, Monitor monitor) {
    List<Signal> signals =
        new ArrayList<>(stream.hours(200, monitor, Watching.REFERENCE, Shape.PLAIN));
    signals.addAll(stream.hours(100, monitor, Watching.REFERENCE, CHANGED));
    return signals;
  }

  @ParameterizedTest
  @MethodSource("monitors")
  void aRestartAfterEachTickChangesNothing(int index) {
    Supplier<Monitor> monitors = () -> Monitors.of(spec()).get(index);
    Monitor running = begun(monitors);
    List<Signal> expected = play(new Watching(7, 1), running);
    Watching stream = new Watching(7, 1);
    List<Signal> signals = new ArrayList<>();
    Monitor half = stream.restarted(200, monitors, begun(monitors), Shape.PLAIN, signals);
    Monitor last = stream.restarted(100, monitors, half, CHANGED, signals);
    assertThat(signals).isEqualTo(expected);
    assertThat(last.toBytes()).isEqualTo(running.toBytes());
  }
}
