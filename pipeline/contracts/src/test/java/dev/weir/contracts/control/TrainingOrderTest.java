package dev.weir.contracts.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingOrderTest {
  @Test
  void theRequestIsNamedByTheOrder() {
    assertThat(order("build-12", null, null).requestId()).isEqualTo("claims-order-build-12");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a/b", "ü", "x-reweighing", "x-groupThresholds"})
  void anIdThatCannotBePartOfARequestsIsRefused(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> order(id, null, null))
        .withMessageContaining("'" + id + "'");
  }

  @Test
  void anOrderSaysInOneWayOnlyWhichExamples() {
    TrainingOrder.Span span =
        new TrainingOrder.Span(
            List.of(new OffsetRange("t", 0, 3, 9), new OffsetRange("t", 1, 0, 4)), 7);
    assertThat(order("a", null, span).span().offsets()).isEqualTo(10);
    assertThatIllegalArgumentException().isThrownBy(() -> order("a", 3L, span));
    assertThatIllegalArgumentException().isThrownBy(() -> order("a", 0L, null));
  }

  @Test
  void anOrderSaysWhy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingOrder("a", "claims", " ", "ann", null, null, Instant.EPOCH))
        .withMessageContaining("reason");
  }

  private static TrainingOrder order(String id, Long last, TrainingOrder.Span span) {
    return new TrainingOrder(id, "claims", "why", "ann", last, span, Instant.EPOCH);
  }
}
