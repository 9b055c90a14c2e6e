package dev.weir.testkit.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  @Test
  void returnsWhenTheConditionHolds() {
    AtomicInteger looks = new AtomicInteger();
    Await.until(Duration.ofSeconds(10), () -> looks.incrementAndGet() == 3, () -> "three looks");
    assertThat(looks).hasValue(3);
  }

  @Test
  void timeoutFailsWithTheMessageOfTheTest() {
    assertThatThrownBy(() -> Await.until(Duration.ofMillis(30), () -> false, () -> "saw 2 of 3"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("after 30 ms: saw 2 of 3");
  }

  @Test
  void interruptedWaitFailsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Await.until(Duration.ofSeconds(10), () -> false, () -> "never"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("interrupted: never");
    assertThat(Thread.interrupted()).isTrue();
  }
}
