package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class OutageSeriesTest {
  private static final StreamsException AWAY =
      new StreamsException("commit", new TimeoutException("expired"));

  private final OutageSeries outages = new OutageSeries(Duration.ofMinutes(15));

  @Test
  void whatTheBrokersAbsenceEndsBeginsAgainForAsLongAsThePatience() {
    assertThat(outages.isWaitedOut(AWAY, at(0))).isTrue();
    assertThat(outages.isWaitedOut(AWAY, at(4))).isTrue();
    assertThat(outages.isWaitedOut(AWAY, at(8))).isTrue();
    assertThat(outages.isWaitedOut(AWAY, at(12))).isTrue();
    assertThat(outages.isWaitedOut(AWAY, at(16))).isFalse();
  }

  @Test
  void anOutageLongAfterTheLastIsAnother() {
    assertThat(outages.isWaitedOut(AWAY, at(0))).isTrue();
    assertThat(outages.isWaitedOut(AWAY, at(20))).isTrue();
    assertThat(outages.isWaitedOut(AWAY, at(24))).isTrue();
  }

  @Test
  void aCommitWhoseRecordsWereNotAcknowledgedBeginsAgain() {
    KafkaException unacknowledged =
        new KafkaException(
            "Cannot execute transactional method because we are in an error state",
            new KafkaException("The client hasn't received acknowledgment"));
    assertThat(outages.isWaitedOut(new StreamsException("commit", unacknowledged), at(0))).isTrue();
    TransactionAbortableException abortable = new TransactionAbortableException("abort");
    assertThat(outages.isWaitedOut(new StreamsException("commit", abortable), at(0))).isTrue();
  }

  @Test
  void whatFollowsACommitOrAnAbortThatTimedOutBeginsAgain() {
    IllegalStateException pending =
        new IllegalStateException(
            "Cannot attempt operation `beginTransaction` because the previous call to"
                + " `abortTransaction` timed out and must be retried");
    assertThat(outages.isWaitedOut(new StreamsException("commit", pending), at(0))).isTrue();
    StreamsException inProcess = new StreamsException("Exception caught in process", pending);
    assertThat(outages.isWaitedOut(new StreamsException("task", inProcess), at(0))).isTrue();
  }

  @Test
  void anythingElseStopsAtOnce() {
    assertThat(outages.isWaitedOut(new IllegalStateException(), at(0))).isFalse();
    assertThat(outages.isWaitedOut(new IllegalStateException("bug"), at(0))).isFalse();
    assertThat(
            outages.isWaitedOut(
                new StreamsException("no", new AuthorizationException("topic")), at(0)))
        .isFalse();
    assertThat(outages.isWaitedOut(new StreamsException("a record cannot be read"), at(0)))
        .isFalse();
  }

  private static long at(int minutes) {
    return Duration.ofMinutes(minutes).toNanos();
  }
}
