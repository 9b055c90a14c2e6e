package dev.weir.app.stack;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Down as soon as a role has stopped by itself, with its reason: only a restart brings it back. */
@Liveness
@ApplicationScoped
public class RoleHealth implements HealthCheck {
  private volatile Supplier<Map<String, String>> failures = Map::of;

  /**
   * Watches the roles of a stack.
   *
   * @param stopped gives the reason of each role that has stopped, by its name
   */
  public void watch(Supplier<Map<String, String>> stopped) {
    this.failures = stopped;
  }

  @Override
  public HealthCheckResponse call() {
    Map<String, String> stopped = failures.get();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("roles").status(stopped.isEmpty());
    stopped.forEach(response::withData);
    return response.build();
  }
}
