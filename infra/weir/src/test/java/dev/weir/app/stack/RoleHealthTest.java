package dev.weir.app.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class RoleHealthTest {
  @Test
  void oneStoppedRoleIsEnoughAndIsNamedWithItsReason() {
    RoleHealth health = new RoleHealth();
    assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

    health.watch(() -> Map.of("weir-trainer", "the registry is away"));

    HealthCheckResponse response = health.call();
    assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(response.getData().orElseThrow())
        .containsEntry("weir-trainer", "the registry is away");
  }
}
