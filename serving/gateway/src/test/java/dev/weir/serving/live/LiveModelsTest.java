package dev.weir.serving.live;

import static dev.weir.serving.Models.MODEL;
import static dev.weir.serving.Models.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.certificate.CertificateException;
import dev.weir.serving.Models;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LiveModelsTest {
  private final Models models = new Models();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LiveModels live = new LiveModels(models.loader(), meters);

  @Test
  void noRequestFailsWhileVersionsAreSwapped() throws Exception {
    live.apply(deployment(1, models.version(1, 0.1), null));
    AtomicBoolean isDone = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Long>> requests = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      requests.add(threads.submit(() -> requestUntil(isDone)));
    }
    for (int version = 2; version <= 150; version++) {
      live.apply(deployment(version, models.version(version, 0.2), null));
    }
    isDone.set(true);
    for (Future<Long> request : requests) {
      assertThat(request.get()).isPositive();
    }
    threads.shutdown();
    assertThat(models.open.get()).isEqualTo(1);
    assertThat(meters.counter("weir.serving.swaps", "model", MODEL).count()).isEqualTo(150);
  }

  private long requestUntil(AtomicBoolean isDone) {
    long requests = 0;
    float[][] rows = new float[50][3];
    do {
      try (Lease lease = live.champion(MODEL).orElseThrow()) {
        assertThat(lease.positive(rows)).hasSize(50);
      }
      requests++;
    } while (!isDone.get());
    return requests;
  }

  @Test
  void flippedByteIsRefusedAndTheOldVersionServesOn() throws IOException {
    live.apply(deployment(1, models.version(1, 0.1), null));
    var second = models.version(2, 0.2);
    models.flip(2);

    assertThatThrownBy(() -> live.apply(deployment(2, second, null)))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("model.onnx has sha256");

    assertThat(championVersion()).isEqualTo(1);
    assertThat(models.open.get()).isEqualTo(1);
    assertThat(meters.counter("weir.serving.refusals", "model", MODEL).count()).isEqualTo(1);
  }

  @Test
  void refusedChallengerLeavesNoNewChampionOpen() throws IOException {
    var second = models.version(2, 0.2);
    models.flip(2);
    assertThatThrownBy(() -> live.apply(deployment(1, models.version(1, 0.1), second)))
        .isInstanceOf(CertificateException.class);
    assertThat(models.open.get()).isZero();
    assertThat(live.champion(MODEL)).isEmpty();
  }

  @Test
  void promotedChallengerIsNotLoadedAgain() throws IOException {
    var first = models.version(1, 0.1);
    var second = models.version(2, 0.2);
    live.apply(deployment(1, first, second));
    models.remove(2);
    live.apply(deployment(2, second, null));
    assertThat(championVersion()).isEqualTo(2);
    assertThat(models.open.get()).isEqualTo(1);
  }

  @Test
  void olderRecordChangesNothing() throws IOException {
    live.apply(deployment(5, models.version(2, 0.2), null));
    live.apply(deployment(4, models.version(1, 0.1), null));
    assertThat(championVersion()).isEqualTo(2);
    assertThat(meters.counter("weir.serving.swaps", "model", MODEL).count()).isEqualTo(1);
  }

  @Test
  void closingClosesEveryModelAfterItsLastLease() throws IOException {
    live.apply(deployment(1, models.version(1, 0.1), models.version(2, 0.2)));
    Lease lease = live.champion(MODEL).orElseThrow();
    live.close();
    assertThat(models.open.get()).isEqualTo(1);
    assertThat(lease.positive(new float[1][3])).containsExactly(0.1);
    lease.close();
    assertThat(models.open.get()).isZero();
  }

  private int championVersion() {
    try (Lease lease = live.champion(MODEL).orElseThrow()) {
      return lease.model().version();
    }
  }
}
