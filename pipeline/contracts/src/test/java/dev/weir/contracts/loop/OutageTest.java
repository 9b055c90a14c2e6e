package dev.weir.contracts.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20));

  private long now;
  private final Outage outage = new Outage(PATIENCE, () -> now);

  @Test
  void pausesDoubleUpToTheLongestUntilPatienceEnds() {
    List<Long> pauses = new ArrayList<>();
    while (outage.failed()) {
      long before = now;
      while (outage.isWaiting()) {
        now += Duration.ofSeconds(1).toNanos();
      }
      pauses.add(Duration.ofNanos(now - before).toSeconds());
    }
    assertThat(pauses).containsExactly(1L, 2L, 4L, 5L, 5L);
    assertThat(outage.failures()).isEqualTo(6);
  }

  @Test
  void anEndMakesTheNextOutageANewOne() {
    outage.failed();
    outage.failed();
    now += Duration.ofSeconds(19).toNanos();
    assertThat(outage.end()).hasValue(Duration.ofSeconds(19));
    assertThat(outage.end()).isEmpty();
    assertThat(outage.isWaiting()).isFalse();

    now += Duration.ofHours(1).toNanos();
    assertThat(outage.failed()).isTrue();
    assertThat(outage.failures()).isEqualTo(1);
  }

  @Test
  void whatMayPassIsFoundAmongTheCauses() {
    assertThat(Outage.mayPass(new TimeoutException("slow"))).isTrue();
    assertThat(Outage.mayPass(new IllegalStateException("no", new TimeoutException("slow"))))
        .isTrue();
    assertThat(Outage.mayPass(new Known(true))).isTrue();
    assertThat(Outage.mayPass(new Known(false))).isFalse();
    assertThat(Outage.mayPass(new RecordTooLargeException("large"))).isFalse();
    assertThat(Outage.mayPass(new IllegalStateException("no"))).isFalse();
  }

  @Test
  void patienceThatIsNoneIsRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Patience(Duration.ZERO, second, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Patience(second.multipliedBy(2), second, second));
  }

  private static final class Known extends RuntimeException implements TransientFailure {
    private static final long serialVersionUID = 1L;
    private final boolean isTransient;

    Known(boolean isTransient) {
      this.isTransient = isTransient;
    }

    @Override
    public boolean isTransient() {
      return isTransient;
    }
  }
}
